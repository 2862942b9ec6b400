package dev.sirocco.model.chat;

import dev.sirocco.model.json.Json;
import dev.sirocco.model.json.JsonException;
import dev.sirocco.model.json.JsonPrinter;
import dev.sirocco.model.tokenizer.ControlToken;
import dev.sirocco.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays one conversation out. */
final class TemplateEncoder {
    private final ChatTemplate template;
    private final TokenWriter out;
    private String systemPrompt;
    private List<Json> tools;
    private int firstUser = -1;
    private int lastUser = -1;

    TemplateEncoder(ChatTemplate template, Tokenizer tokenizer) {
        this.template = template;
        this.out = new TokenWriter(tokenizer);
    }

    int[] encode(Conversation conversation) {
        Normalizer normalizer = new Normalizer(template);
        List<ChatMessage> messages = normalizer.messages(conversation.messages());
        systemPrompt = normalizer.systemPrompt();
        tools = conversation.tools();
        if (!tools.isEmpty() && template.toolPlace() == ChatTemplate.ToolPlace.NONE) {
            throw new ChatException("template " + template + " has no tools; a model with a later one is needed");
        }
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i) instanceof ChatMessage.User) {
                firstUser = firstUser < 0 ? i : firstUser;
                lastUser = i;
            }
        }
        out.begin();
        for (int i = 0; i < messages.size(); i++) {
            switch (messages.get(i)) {
                case ChatMessage.System system -> system(system);
                case ChatMessage.User user -> user(user, i);
                case ChatMessage.Assistant assistant -> assistant(assistant, i);
                case ChatMessage.ToolResult result -> result(result, i);
            }
        }
        return out.toArray();
    }

    private void system(ChatMessage.System message) {
        out.control(ControlToken.BEGIN_SYSTEM);
        chunks(message.content());
        out.control(ControlToken.END_SYSTEM);
    }

    private void user(ChatMessage.User message, int index) {
        boolean hasTools = switch (template.toolPlace()) {
            case NONE -> false;
            case FIRST_MESSAGE -> index == firstUser;
            case LAST_MESSAGE -> index == lastUser;
        };
        if (hasTools && !tools.isEmpty()) {
            out.control(ControlToken.BEGIN_TOOLS)
                    .text(JsonPrinter.print(new Json.Array(tools)))
                    .control(ControlToken.END_TOOLS);
        }
        boolean hasSystem = switch (template.systemPlace()) {
            case FIRST_MESSAGE -> index == firstUser;
            case LAST_MESSAGE -> index == lastUser;
            case OWN_MESSAGE -> false;
        };
        String content =
                hasSystem && !systemPrompt.isEmpty() ? systemPrompt + "\n\n" + message.content() : message.content();
        if (template == ChatTemplate.V1) {
            out.text(ControlToken.BEGIN_INST.spelling() + " " + content + " " + ControlToken.END_INST.spelling());
        } else {
            out.control(ControlToken.BEGIN_INST).text(content).control(ControlToken.END_INST);
        }
    }

    private void assistant(ChatMessage.Assistant message, int index) {
        if (!message.tokens().isEmpty()) {
            out.tokens(message.tokens()).end();
            return;
        }
        boolean old = index < lastUser;
        boolean separate = template.systemPlace() != ChatTemplate.SystemPlace.OWN_MESSAGE;
        if (message.content().isEmpty() && message.calls().isEmpty()) {
            throw new ChatException("a message of the assistant says nothing and calls nothing");
        } else if (separate && !message.content().isEmpty() && !message.calls().isEmpty()) {
            throw new ChatException("a message of the assistant has both text and tool calls, which template "
                    + template + " cannot express; make it two");
        } else if (template == ChatTemplate.V2 && old && !message.calls().isEmpty()) {
            return; // this version forgets calls, and their results, with the next question
        }
        if (message.content().size() == 1 && message.content().getFirst() instanceof ChatMessage.Text(String text)) {
            out.text(template == ChatTemplate.V1 ? text : withoutLastBlanks(text));
        } else {
            chunks(message.content());
        }
        if (!message.calls().isEmpty()) {
            calls(message.calls());
        }
        out.end();
    }

    private static String withoutLastBlanks(String text) {
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == ' ') {
            length--;
        }
        return text.substring(0, length);
    }

    private void chunks(List<ChatMessage.Chunk> chunks) {
        for (ChatMessage.Chunk chunk : chunks) {
            switch (chunk) {
                case ChatMessage.Text(String text) -> out.text(text);
                case ChatMessage.Thought(String text, boolean closed) -> {
                    if (!template.thinks()) {
                        throw new ChatException(
                                "a message has a thought, which template " + template + " cannot express; V13 can");
                    }
                    out.control(ControlToken.BEGIN_THINK).text(text);
                    if (closed) {
                        out.control(ControlToken.END_THINK);
                    }
                }
            }
        }
    }

    private void calls(List<ToolCall> calls) {
        switch (template.callForm()) {
            case NONE ->
                throw new ChatException("template " + template + " has no tools; a model with a later one is needed");
            case LIST, LIST_WITH_IDS -> {
                List<Json> list = new ArrayList<>();
                for (ToolCall call : calls) {
                    Map<String, Json> members = new LinkedHashMap<>();
                    members.put("name", new Json.Text(call.name()));
                    members.put("arguments", json(call.arguments()));
                    if (template.callForm() == ChatTemplate.CallForm.LIST_WITH_IDS && hasId(call)) {
                        members.put("id", new Json.Text(call.id()));
                    }
                    list.add(new Json.Object(members));
                }
                out.control(ControlToken.TOOL_CALLS).text(JsonPrinter.print(new Json.Array(list)));
            }
            case NAME_ID_ARGUMENTS, NAME_ARGUMENTS -> {
                for (ToolCall call : calls) {
                    out.control(ControlToken.TOOL_CALLS).text(call.name());
                    if (template.callForm() == ChatTemplate.CallForm.NAME_ID_ARGUMENTS && hasId(call)) {
                        out.control(ControlToken.CALL_ID).text(call.id());
                    }
                    out.control(ControlToken.ARGS).text(JsonPrinter.print(json(call.arguments())));
                }
            }
        }
    }

    private static boolean hasId(ToolCall call) {
        return !call.id().isEmpty() && !call.id().equals("null");
    }

    /** {@return the value that a text is in JSON; when it is none, the text as a string; of nothing, an object} */
    private static Json json(String text) {
        try {
            return text.isEmpty() ? new Json.Object(Map.of()) : Json.parse(text);
        } catch (JsonException _) {
            return new Json.Text(text);
        }
    }

    private void result(ChatMessage.ToolResult message, int index) {
        switch (template.callForm()) {
            case NONE ->
                throw new ChatException("template " + template + " has no tools; a model with a later one is needed");
            case LIST -> {
                if (index > lastUser) {
                    Map<String, Json> members = new LinkedHashMap<>();
                    members.put("name", new Json.Text(message.name()));
                    members.put("content", json(message.content()));
                    result(new Json.Array(List.of(new Json.Object(members))));
                }
            }
            case LIST_WITH_IDS, NAME_ID_ARGUMENTS -> {
                if (template.systemPlace() == ChatTemplate.SystemPlace.OWN_MESSAGE) {
                    out.control(ControlToken.BEGIN_TOOL_RESULTS)
                            .text(message.callId())
                            .control(ControlToken.TOOL_CONTENT)
                            .text(message.content())
                            .control(ControlToken.END_TOOL_RESULTS);
                } else {
                    Map<String, Json> members = new LinkedHashMap<>();
                    members.put("content", json(message.content()));
                    members.put("call_id", new Json.Text(message.callId()));
                    result(new Json.Object(members));
                }
            }
            case NAME_ARGUMENTS ->
                out.control(ControlToken.BEGIN_TOOL_RESULTS)
                        .text(message.content())
                        .control(ControlToken.END_TOOL_RESULTS);
        }
    }

    private void result(Json json) {
        out.control(ControlToken.BEGIN_TOOL_RESULTS)
                .text(JsonPrinter.print(json))
                .control(ControlToken.END_TOOL_RESULTS);
    }
}
