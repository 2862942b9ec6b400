package dev.sirocco.model.chat;

import dev.sirocco.model.tokenizer.Tokenizer;
import java.util.Locale;
import java.util.Optional;

/**
 * The versions of the layout in which Mistral's models were trained on conversations. Source: {@code instruct.py} of
 * mistral-common.
 */
public enum ChatTemplate {
    /** Markers are plain text; the system prompt is in front of the first message. 7B-Instruct v0.1 and v0.2. */
    V1(SystemPlace.FIRST_MESSAGE, ToolPlace.NONE, CallForm.NONE),
    /** Markers are control tokens; the system prompt is in front of the last message; old tool calls are dropped. */
    V2(SystemPlace.LAST_MESSAGE, ToolPlace.LAST_MESSAGE, CallForm.LIST),
    /** As before, but all tool calls are kept, and have ids. 7B-Instruct v0.3, Nemo, Codestral. */
    V3(SystemPlace.LAST_MESSAGE, ToolPlace.LAST_MESSAGE, CallForm.LIST_WITH_IDS),
    /** The system prompt is a message of its own. Small 3 and 3.1. */
    V7(SystemPlace.OWN_MESSAGE, ToolPlace.LAST_MESSAGE, CallForm.LIST_WITH_IDS),
    /** Each tool call has its own markers. Small 3.2. */
    V11(SystemPlace.OWN_MESSAGE, ToolPlace.LAST_MESSAGE, CallForm.NAME_ID_ARGUMENTS),
    /** Tools come before the first message; thoughts have markers. Devstral, Magistral, Ministral 3. */
    V13(SystemPlace.OWN_MESSAGE, ToolPlace.FIRST_MESSAGE, CallForm.NAME_ARGUMENTS);

    /** Where the system prompt is. */
    enum SystemPlace {
        FIRST_MESSAGE,
        LAST_MESSAGE,
        OWN_MESSAGE
    }

    /** Before which message of the user the tools are. */
    enum ToolPlace {
        NONE,
        FIRST_MESSAGE,
        LAST_MESSAGE
    }

    /** How tool calls are written. */
    enum CallForm {
        /** Not at all. */
        NONE,
        /** A list of name and arguments, as JSON. */
        LIST,
        /** A list of name, arguments and id, as JSON. */
        LIST_WITH_IDS,
        /** One by one: name, id, arguments. */
        NAME_ID_ARGUMENTS,
        /** One by one: name, arguments. */
        NAME_ARGUMENTS
    }

    private final SystemPlace systemPlace;
    private final ToolPlace toolPlace;
    private final CallForm callForm;

    ChatTemplate(SystemPlace systemPlace, ToolPlace toolPlace, CallForm callForm) {
        this.systemPlace = systemPlace;
        this.toolPlace = toolPlace;
        this.callForm = callForm;
    }

    SystemPlace systemPlace() {
        return systemPlace;
    }

    ToolPlace toolPlace() {
        return toolPlace;
    }

    CallForm callForm() {
        return callForm;
    }

    /** {@return whether thoughts have markers} */
    boolean thinks() {
        return this == V13;
    }

    /** {@return the template that a vocabulary calls {@code v3}, for example} */
    static Optional<ChatTemplate> ofVersion(String version) {
        for (ChatTemplate template : values()) {
            if (template.name().toLowerCase(Locale.ROOT).equals(version)) {
                return Optional.of(template);
            }
        }
        return Optional.empty();
    }

    /**
     * {@return the ids that a model sees of a conversation, from the one that begins a sequence}
     *
     * @throws ChatException when the conversation has what this version cannot express, or the vocabulary lacks one of
     *     its control tokens
     */
    public int[] encode(Conversation conversation, Tokenizer tokenizer) {
        return new TemplateEncoder(this, tokenizer).encode(conversation);
    }
}
