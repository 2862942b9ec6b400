package dev.sirocco.model.chat;

import dev.sirocco.model.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what {@link ConversationReader} reads. */
public final class ConversationWriter {
    private ConversationWriter() {}

    /** {@return an object with {@code messages}, and {@code tools} where there are some} */
    public static Json write(Conversation conversation) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put(
                "messages",
                new Json.Array(conversation.messages().stream()
                        .map(ConversationWriter::write)
                        .toList()));
        if (!conversation.tools().isEmpty()) {
            members.put("tools", new Json.Array(conversation.tools()));
        }
        return new Json.Object(members);
    }

    /** {@return one message; tokens are left out} */
    public static Json write(ChatMessage message) {
        Map<String, Json> members = new LinkedHashMap<>();
        switch (message) {
            case ChatMessage.System(List<ChatMessage.Chunk> content) -> {
                members.put("role", new Json.Text("system"));
                members.put("content", content(content));
            }
            case ChatMessage.User(String content) -> {
                members.put("role", new Json.Text("user"));
                members.put("content", new Json.Text(content));
            }
            case ChatMessage.Assistant assistant -> {
                members.put("role", new Json.Text("assistant"));
                members.put("content", content(assistant.content()));
                if (!assistant.calls().isEmpty()) {
                    members.put(
                            "tool_calls",
                            new Json.Array(assistant.calls().stream()
                                    .map(ConversationWriter::call)
                                    .toList()));
                }
            }
            case ChatMessage.ToolResult(String callId, String name, String content) -> {
                members.put("role", new Json.Text("tool"));
                members.put("tool_call_id", new Json.Text(callId));
                members.put("name", new Json.Text(name));
                members.put("content", new Json.Text(content));
            }
        }
        return new Json.Object(members);
    }

    private static Json content(List<ChatMessage.Chunk> chunks) {
        if (chunks.isEmpty()) {
            return new Json.Text("");
        } else if (chunks.size() == 1 && chunks.getFirst() instanceof ChatMessage.Text(String text)) {
            return new Json.Text(text);
        }
        List<Json> parts = new ArrayList<>();
        for (ChatMessage.Chunk chunk : chunks) {
            Map<String, Json> part = new LinkedHashMap<>();
            switch (chunk) {
                case ChatMessage.Text(String text) -> {
                    part.put("type", new Json.Text("text"));
                    part.put("text", new Json.Text(text));
                }
                case ChatMessage.Thought(String text, boolean closed) -> {
                    part.put("type", new Json.Text("thinking"));
                    part.put("thinking", new Json.Text(text));
                    part.put("closed", new Json.Bool(closed));
                }
            }
            parts.add(new Json.Object(part));
        }
        return new Json.Array(parts);
    }

    private static Json call(ToolCall call) {
        Map<String, Json> function = new LinkedHashMap<>();
        function.put("name", new Json.Text(call.name()));
        function.put("arguments", new Json.Text(call.arguments()));
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("id", new Json.Text(call.id()));
        members.put("type", new Json.Text("function"));
        members.put("function", new Json.Object(function));
        return new Json.Object(members);
    }
}
