package dev.sirocco.model.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.RandomGguf;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.sampling.SamplerSettings;
import dev.sirocco.model.session.ContextException;
import dev.sirocco.model.session.GenerationListener;
import dev.sirocco.model.session.Model;
import dev.sirocco.model.session.ModelOptions;
import dev.sirocco.model.session.SessionOptions;
import dev.sirocco.runtime.Devices;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On random weights whose window is 5 tokens, in a context of 128. */
class ChatSessionTest {
    private static final SamplerSettings GREEDY = new SamplerSettings(0, 0, 1, 0, 1);

    @TempDir
    Path folder;

    private Model model;
    private ChatSession chat;

    @BeforeEach
    void open() {
        Path file = new RandomGguf(RandomGguf.Shape.ODD, GgmlType.F32, 11).write(folder.resolve("m.gguf"));
        model = Model.open(
                file, ModelOptions.DEFAULT.withDevice(Devices.installed().find("reference")));
        chat = newChat();
    }

    private ChatSession newChat() {
        return new ChatSession(model.newSession(SessionOptions.DEFAULT.withChunk(16)), ChatTemplate.V1);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private static ChatSession.Turn say(ChatSession chat, String text) {
        return chat.say(new ChatMessage.User(text), GREEDY, 4, GenerationListener.NONE);
    }

    @Test
    void onlyWhatIsNewIsComputedAndTheAnswersAreTheSame() {
        ChatSession.Turn first = say(chat, "a");
        int length = chat.length();
        ChatSession.Turn second = say(chat, "b");
        assertEquals(0, first.keptTokens());
        assertEquals(length, second.keptTokens());
        ChatSession again = newChat();
        again.load(new Conversation(List.of(new ChatMessage.User("a"), first.answer()), List.of()));
        ChatSession.Turn fresh = say(again, "b");
        assertEquals(0, fresh.keptTokens());
        assertEquals(second.generation().tokens(), fresh.generation().tokens());
    }

    @Test
    void whatHasLeftTheWindowIsComputedAgain() {
        say(chat, "a long way from the beginning");
        chat.reset();
        // The two share only their beginning, which the cache of 20 slots no longer holds.
        ChatSession.Turn other = say(chat, "b");
        ChatSession.Turn fresh = say(newChat(), "b");
        assertEquals(fresh.generation().tokens(), other.generation().tokens());
    }

    @Test
    void whatIsForgottenTakesNoTokens() {
        say(chat, "a");
        assertTrue(chat.length() > 0);
        Conversation saved = chat.conversation();
        chat.reset();
        assertEquals(0, chat.length());
        say(chat, "b");
        chat.load(saved);
        assertEquals(0, chat.length());
    }

    @Test
    void theSystemPromptHoldsFromTheNextTurnOn() {
        chat.setSystemPrompt("be kind");
        say(chat, "a");
        assertEquals(3, chat.conversation().messages().size());
        assertEquals(
                new ChatMessage.System(ChatMessage.chunks("be kind")),
                chat.conversation().messages().getFirst());
        ChatSession other = newChat();
        other.load(chat.conversation());
        assertEquals("be kind", other.systemPrompt());
        assertEquals(chat.conversation(), other.conversation());
    }

    @Test
    void aMessageThatDoesNotFitIsNotPartOfTheConversation() {
        say(chat, "a");
        int messages = chat.conversation().messages().size();
        String message = assertThrows(ContextException.class, () -> say(chat, "x".repeat(300)))
                .getMessage();
        assertTrue(message.contains("leaves no room for an answer in the context of 128"), message);
        assertEquals(messages, chat.conversation().messages().size());
        say(chat, "b");
    }

    @Test
    void aMessageWithoutAnAnswerIsNotPartOfTheConversation() {
        ChatSession.Turn first = say(chat, "a");
        Conversation before = chat.conversation();
        int length = chat.length();
        GenerationListener impatient = new GenerationListener() {
            @Override
            public boolean prompt(int done, int total) {
                return false;
            }
        };
        assertTrue(chat.say(new ChatMessage.User("b"), GREEDY, 4, impatient)
                .answer()
                .isEmpty());
        assertTrue(chat.say(new ChatMessage.User("b"), GREEDY, 0, GenerationListener.NONE)
                .answer()
                .isEmpty());
        assertEquals(before, chat.conversation());
        assertEquals(length, chat.length());
        ChatSession again = newChat();
        again.load(new Conversation(List.of(new ChatMessage.User("a"), first.answer()), List.of()));
        assertEquals(
                say(again, "c").generation().tokens(),
                say(chat, "c").generation().tokens());
    }

    @Test
    void anAnswerOfBlanksIsEmptyAndACallOrAThoughtIsNot() {
        assertTrue(
                new ChatMessage.Assistant(List.of(new ChatMessage.Text(" \n")), List.of(), List.of(3, 13)).isEmpty());
        assertFalse(new ChatMessage.Assistant("a").isEmpty());
        assertFalse(new ChatMessage.Assistant(List.of(), List.of(new ToolCall("", "f", "{}")), List.of()).isEmpty());
        assertFalse(new ChatMessage.Assistant(List.of(new ChatMessage.Thought("hm", false)), List.of(), List.of())
                .isEmpty());
    }

    @Test
    void aGenerationThatFailsLeavesTheTokensThatAreStillComputed() {
        say(chat, "a");
        Conversation before = chat.conversation();
        int length = chat.length();
        GenerationListener failing = new GenerationListener() {
            @Override
            public boolean token(int id, String text) {
                throw new IllegalStateException("as when a device is lost");
            }
        };
        assertThrows(IllegalStateException.class, () -> chat.say(new ChatMessage.User("b"), GREEDY, 4, failing));
        assertEquals(length, chat.length());
        chat.setSystemPrompt("be kind");
        assertThrows(IllegalStateException.class, () -> chat.say(new ChatMessage.User("b"), GREEDY, 4, failing));
        assertTrue(chat.length() < length, chat.length() + " of " + length);
        chat.setSystemPrompt("");
        assertEquals(before, chat.conversation());
        chat.reset();
        assertThrows(IllegalStateException.class, () -> chat.say(new ChatMessage.User("a"), GREEDY, 4, failing));
        assertEquals(0, chat.length());
    }
}
