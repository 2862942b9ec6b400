package dev.sirocco.cli;

import dev.sirocco.model.chat.ChatException;
import dev.sirocco.model.chat.ChatMessage;
import dev.sirocco.model.chat.ChatSession;
import dev.sirocco.model.chat.Conversation;
import dev.sirocco.model.chat.ConversationReader;
import dev.sirocco.model.chat.ConversationWriter;
import dev.sirocco.model.chat.ToolCall;
import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.json.Json;
import dev.sirocco.model.json.JsonException;
import dev.sirocco.model.json.JsonPrinter;
import dev.sirocco.model.sampling.SamplerSettings;
import dev.sirocco.model.session.ContextException;
import dev.sirocco.model.session.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads messages and commands, and has messages answered, until there are no more. */
final class ChatLoop {
    private static final double NANOS = 1e9;
    private static final String HELP = """
            /help             this list
            /reset            forget the conversation; the system prompt stays
            /system [TEXT]    set what the model is told before the conversation; without a text, show it
            /tools FILE       let the model call functions, which a JSON file describes
            /result TEXT      give a function's result, in the order of the calls
            /save FILE        write the conversation as JSON
            /load FILE        continue a conversation from such a file
            /stats            tokens of the conversation, and the speed of the last answer
            /exit             end the chat, as Ctrl-D does
            A message that begins with a slash is written with two. A backslash at a line's end continues the message.
            """;

    private final Console console;
    private final ChatInput input;
    private final Interruption interruption;
    private final RunningModel running;
    private final ChatSession session;
    private final SamplerSettings sampler;
    private final int maxTokens;
    private final Deque<ToolCall> waiting = new ArrayDeque<>();
    private volatile boolean stopped;
    private int turns;
    private ChatSession.Turn last;

    ChatLoop(
            Console console,
            ChatInput input,
            Interruption interruption,
            RunningModel running,
            ChatSession session,
            SamplerSettings sampler,
            int maxTokens) {
        this.console = console;
        this.input = input;
        this.interruption = interruption;
        this.running = running;
        this.session = session;
        this.sampler = sampler;
        this.maxTokens = maxTokens;
    }

    void run() {
        input.onInterrupt(() -> stopped = true);
        boolean more = true;
        while (more && !interruption.requested()) {
            Optional<String> typed = input.next("> ");
            if (typed.isEmpty()) {
                return;
            }
            try {
                more = accept(typed.get());
            } catch (ContextException | ChatException | CommandFailure e) {
                if (!input.isDialogue()) {
                    throw e;
                }
                console.note("sirocco: " + Printable.oneLine(e.getMessage()));
            }
        }
    }

    /** {@return whether there is to be more} */
    private boolean accept(String text) {
        if (text.isBlank()) {
            return true;
        } else if (!text.startsWith("/") || text.startsWith("//")) {
            answer(new ChatMessage.User(text.startsWith("/") ? text.substring(1) : text));
            return true;
        }
        String[] words = text.strip().split("\\s+", 2);
        String argument = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "/help" -> console.notePart(HELP);
            case "/reset" -> reset();
            case "/system" -> system(argument);
            case "/tools" -> tools(path(words[0], argument));
            case "/result" -> result(argument);
            case "/save" -> save(path(words[0], argument));
            case "/load" -> load(path(words[0], argument));
            case "/stats" -> console.note(statistics());
            case "/exit", "/quit" -> {
                return false;
            }
            default ->
                throw new CommandFailure(words[0] + ": no such command; /help lists them, and a message that"
                        + " begins with a slash is written with two");
        }
        return true;
    }

    private static Path path(String command, String argument) {
        if (argument.isEmpty()) {
            throw new CommandFailure(command + ": a file is missing; name one");
        }
        return Path.of(argument);
    }

    private void reset() {
        session.reset();
        waiting.clear();
        console.note("sirocco: the conversation is forgotten");
    }

    private void system(String argument) {
        if (argument.isEmpty()) {
            console.note("sirocco: system prompt: " + Printable.quoted(session.systemPrompt(), Integer.MAX_VALUE));
        } else {
            session.setSystemPrompt(argument);
        }
    }

    private void tools(Path file) {
        Json json = read(file);
        Json tools = json instanceof Json.Array ? json : json.find("tools").orElse(new Json.Array(List.of(json)));
        Conversation described =
                ConversationReader.read(new Json.Object(Map.of("messages", new Json.Array(List.of()), "tools", tools)));
        Conversation now = session.conversation();
        session.load(new Conversation(now.messages(), described.tools()));
        console.note("sirocco: the model may call " + described.tools().size() + " functions");
    }

    private void save(Path file) {
        NewFile.require(file, true, 0);
        try {
            Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), ".chat", ".json");
            Files.writeString(whole, JsonPrinter.print(ConversationWriter.write(session.conversation())) + "\n");
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            console.note("sirocco: " + file + ": written");
        } catch (IOException e) {
            throw new CommandFailure(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private void load(Path file) {
        session.load(ConversationReader.read(read(file)));
        waiting.clear();
        console.note(
                "sirocco: " + file + ": " + session.conversation().messages().size() + " messages");
    }

    private static Json read(Path file) {
        try {
            return Json.read(file);
        } catch (JsonException e) {
            throw new CommandFailure(file + ": is not JSON: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure(file + ": " + ModelFileException.reason(e), e);
        }
    }

    private void result(String argument) {
        ToolCall call = waiting.peek();
        if (call == null) {
            throw new CommandFailure("/result: the model waits for none");
        }
        ChatMessage result = new ChatMessage.ToolResult(call.id(), call.name(), argument);
        if (waiting.size() == 1) {
            answer(result);
        } else {
            session.add(result);
            waiting.remove();
            console.note("sirocco: the model waits for " + waiting.size() + " more");
        }
    }

    private void answer(ChatMessage message) {
        stopped = false;
        AnswerPrinter printer =
                new AnswerPrinter(console, running.tokenizer(), () -> stopped || interruption.requested());
        SamplerSettings settings = new SamplerSettings(
                sampler.temperature(), sampler.topK(), sampler.topP(), sampler.minP(), sampler.seed() + turns++);
        last = null;
        try {
            last = session.say(message, settings, maxTokens, printer);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(running.path() + ": " + e.getMessage(), e);
        }
        for (ToolCall call : last.answer().calls()) {
            console.println("[call " + call.name() + "] " + Printable.oneLine(call.arguments()));
        }
        boolean answered = !last.answer().isEmpty();
        if (answered) {
            waiting.clear();
            waiting.addAll(last.answer().calls());
        }
        console.flush();
        switch (last.generation().stopReason()) {
            case END_OF_SEQUENCE -> {}
            case MAX_TOKENS -> console.note("sirocco: the answer was cut at -n " + maxTokens + " tokens");
            case CONTEXT_FULL ->
                console.note("sirocco: the context of " + session.context()
                        + " tokens is full; begin anew (/reset), or start with a larger --ctx");
            case CANCELLED -> console.note("sirocco: stopped");
        }
        if (!answered) {
            console.note("sirocco: the answer is empty; the conversation is as it was before");
        }
    }

    private String statistics() {
        String size =
                "sirocco: " + session.length() + " of " + session.context() + " tokens, template " + session.template();
        if (last == null) {
            return size;
        }
        Generation generation = last.generation();
        return String.format(
                Locale.ROOT,
                "%s; last turn: %d tokens kept, %d read in %.2f s (%.1f/s), %d written in %.2f s (%.1f/s)",
                size,
                last.keptTokens(),
                generation.promptTokens(),
                generation.promptNanos() / NANOS,
                perSecond(generation.promptTokens(), generation.promptNanos()),
                generation.tokens().size(),
                generation.generationNanos() / NANOS,
                perSecond(generation.tokens().size(), generation.generationNanos()));
    }

    private static double perSecond(int count, long nanos) {
        return nanos == 0 ? 0 : NANOS * count / nanos;
    }
}
