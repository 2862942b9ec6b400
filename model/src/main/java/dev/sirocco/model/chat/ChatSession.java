package dev.sirocco.model.chat;

import dev.sirocco.model.json.Json;
import dev.sirocco.model.sampling.SamplerSettings;
import dev.sirocco.model.session.ContextException;
import dev.sirocco.model.session.Generation;
import dev.sirocco.model.session.GenerationListener;
import dev.sirocco.model.session.GenerationRequest;
import dev.sirocco.model.session.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A conversation with a model. What the model has computed of it is kept: of each turn only those tokens are computed
 * that differ from the last one's. The session is the caller's. One thread uses it at a time.
 */
public final class ChatSession {
    private final Session session;
    private final ChatTemplate template;
    private final List<ChatMessage> messages = new ArrayList<>();
    private final List<Json> tools = new ArrayList<>();
    private String systemPrompt = "";

    /** Tokens of the conversation that are computed; the session may still have those of one before it. */
    private int length;

    public ChatSession(Session session, ChatTemplate template) {
        this.session = session;
        this.template = template;
    }

    public ChatTemplate template() {
        return template;
    }

    /** {@return what was said so far, with the system prompt first if there is one} */
    public Conversation conversation() {
        return conversation(messages);
    }

    private Conversation conversation(List<ChatMessage> said) {
        List<ChatMessage> all = new ArrayList<>();
        if (!systemPrompt.isEmpty()) {
            all.add(new ChatMessage.System(ChatMessage.chunks(systemPrompt)));
        }
        all.addAll(said);
        return new Conversation(all, tools);
    }

    /** {@return the system prompt, empty when there is none} */
    public String systemPrompt() {
        return systemPrompt;
    }

    /** Sets what the model is told before everything else; it holds from the next turn on. */
    public void setSystemPrompt(String prompt) {
        systemPrompt = prompt;
    }

    /** Forgets what was said; the system prompt and tools stay. */
    public void reset() {
        messages.clear();
        length = 0;
    }

    /** Continues another conversation from now on. */
    public void load(Conversation other) {
        reset();
        systemPrompt = "";
        tools.clear();
        tools.addAll(other.tools());
        for (ChatMessage message : other.messages()) {
            if (messages.isEmpty()
                    && systemPrompt.isEmpty()
                    && message instanceof ChatMessage.System(List<ChatMessage.Chunk> content)
                    && content.size() == 1
                    && content.getFirst() instanceof ChatMessage.Text(String text)) {
                systemPrompt = text;
            } else {
                messages.add(message);
            }
        }
    }

    /** Adds a message that the model is not to answer yet. */
    public void add(ChatMessage message) {
        messages.add(message);
    }

    /** {@return how many of the context's tokens the conversation takes, as far as it was computed} */
    public int length() {
        return length;
    }

    /** {@return the most tokens that the conversation can have} */
    public int context() {
        return session.context();
    }

    /**
     * Says something, and has the model answer it. Both become part of the conversation, the answer also when it was
     * ended early; when this fails, or the answer {@linkplain ChatMessage.Assistant#isEmpty() is empty}, neither does.
     *
     * @throws ContextException when the conversation no longer fits the context
     * @throws ChatException    when the template cannot express it
     */
    public Turn say(ChatMessage message, SamplerSettings sampler, int maxTokens, GenerationListener listener) {
        List<ChatMessage> said = new ArrayList<>(messages);
        said.add(message);
        int[] ids = template.encode(conversation(said), session.model().tokenizer());
        if (ids.length >= session.context()) {
            throw new ContextException("the conversation has " + ids.length + " tokens and leaves no room for an answer"
                    + " in the context of " + session.context()
                    + "; begin anew (/reset), or start with a larger --ctx");
        }
        int kept = session.keep(ids);
        length = Math.min(length, kept); // what is left of it should this turn come to nothing
        List<Integer> rest = Arrays.stream(ids).skip(kept).boxed().toList();
        Generation generation = session.generate(new GenerationRequest(rest, sampler, maxTokens), listener);
        ChatMessage.Assistant answer = AnswerParser.parse(session.model().tokenizer(), generation.tokens());
        if (!answer.isEmpty()) {
            length = session.length();
            messages.add(message);
            messages.add(answer);
        }
        return new Turn(answer, generation, kept);
    }

    /**
     * One turn of the conversation.
     *
     * @param answer     what the model said
     * @param generation how
     * @param keptTokens of the conversation, that had been computed before
     */
    public record Turn(ChatMessage.Assistant answer, Generation generation, int keptTokens) {}
}
