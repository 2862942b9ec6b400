package dev.sirocco.cli;

import dev.sirocco.model.chat.ChatException;
import dev.sirocco.model.chat.ChatMessage;
import dev.sirocco.model.chat.ChatTemplate;
import dev.sirocco.model.chat.Conversation;
import dev.sirocco.model.chat.ConversationReader;
import dev.sirocco.model.chat.TemplateDetection;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.json.Json;
import dev.sirocco.model.json.JsonException;
import dev.sirocco.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a conversation is laid out for a model. */
final class TemplateOptions {
    private static final String AUTO = "auto";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--template",
            paramLabel = "NAME",
            description =
                    "The layout of conversations: V1, V2, V3, V7, V11 or V13, or auto for the one that the model's"
                            + " file asks for.")
    private String name;

    @Option(names = "--system", paramLabel = "TEXT", description = "What the model is told before the conversation.")
    private String system;

    /** {@return whether a layout is wanted} */
    boolean given() {
        return name != null || system != null;
    }

    /** {@return the system prompt, empty when there is none} */
    String system() {
        return system == null ? "" : system;
    }

    /** Checks what can be checked without a model. */
    void validate() {
        if (name != null && !name.equalsIgnoreCase(AUTO)) {
            named();
        }
    }

    /**
     * {@return the layout that was named, or else the one that the model's file asks for}
     *
     * @throws CommandFailure when none is named and the file's is not known
     */
    ChatTemplate choose(GgufMetadata metadata, Tokenizer tokenizer) {
        if (name != null && !name.equalsIgnoreCase(AUTO)) {
            return named();
        }
        TemplateDetection detection = TemplateDetection.of(metadata, tokenizer);
        return detection
                .template()
                .orElseThrow(() -> new CommandFailure(metadata.file() + ": cannot tell how to lay a conversation out: "
                        + detection.reason() + "; name a layout with --template (" + names() + ")"));
    }

    private ChatTemplate named() {
        try {
            return ChatTemplate.valueOf(name.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new ParameterException(
                    spec.commandLine(), "--template: '" + name + "' is none of " + names() + ", auto");
        }
    }

    private static String names() {
        return Arrays.stream(ChatTemplate.values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    /** {@return a conversation, after the system prompt if one was given} */
    Conversation conversation(Json json) {
        Conversation read = ConversationReader.read(json);
        if (system == null) {
            return read;
        }
        List<ChatMessage> messages = new ArrayList<>(read.messages());
        messages.addFirst(new ChatMessage.System(ChatMessage.chunks(system)));
        return new Conversation(messages, read.tools());
    }

    /**
     * {@return the conversation in a file, after the system prompt if one was given}
     *
     * @throws CommandFailure when it cannot be read, or is none
     */
    Conversation read(Path file) {
        try {
            return conversation(Json.read(file));
        } catch (JsonException e) {
            throw new CommandFailure(file + ": is not JSON: " + e.getMessage(), e);
        } catch (ChatException e) {
            throw new CommandFailure(file + ": " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(file + ": does not exist", e);
        } catch (IOException e) {
            throw new CommandFailure(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
