package dev.sirocco.model.chat;

import dev.sirocco.model.json.Json;
import dev.sirocco.model.json.JsonPrinter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads conversations as chat APIs write them: an array of messages, or an object with {@code messages} and perhaps
 * {@code tools}. A message has {@code role} ({@code system}, {@code user}, {@code assistant}, {@code tool}) and {@code
 * content}, a string or an array of {@code {"type": "text", "text"}} and {@code {"type": "thinking", "thinking"}};
 * perhaps {@code tool_calls}; for a tool's result {@code tool_call_id} and {@code name}.
 */
public final class ConversationReader {
    private ConversationReader() {}

    /**
     * {@return the conversation}
     *
     * @throws ChatException when it is none; the message says where
     */
    public static Conversation read(Json json) {
        Json messages =
                json instanceof Json.Array ? json : json.find("messages").orElse(new Json.Null());
        if (!(messages instanceof Json.Array(List<Json> values))) {
            throw new ChatException("is no conversation: neither an array of messages nor an object with 'messages'");
        }
        List<ChatMessage> read = new ArrayList<>();
        for (Json message : values) {
            read.add(message(message, "messages[" + read.size() + "]"));
        }
        List<Json> tools = new ArrayList<>();
        for (Json tool : json.find("tools").map(Json::elements).orElse(List.of())) {
            tools.add(tool(tool, "tools[" + tools.size() + "]"));
        }
        return new Conversation(read, tools);
    }

    private static ChatMessage message(Json json, String where) {
        String role = json.find("role").flatMap(Json::text).orElse("");
        return switch (role) {
            case "system", "developer" -> new ChatMessage.System(content(json, where));
            case "user" -> new ChatMessage.User(plain(content(json, where), where));
            case "assistant" -> new ChatMessage.Assistant(content(json, where), calls(json, where), List.of());
            case "tool" ->
                new ChatMessage.ToolResult(
                        text(json, "tool_call_id")
                                .or(() -> text(json, "call_id"))
                                .orElse(""),
                        text(json, "name").orElse(""),
                        plain(content(json, where), where));
            default ->
                throw new ChatException(where + ".role is '" + role + "'; it can be system, user, assistant or tool");
        };
    }

    private static Optional<String> text(Json json, String name) {
        return json.find(name).flatMap(Json::text);
    }

    private static List<ChatMessage.Chunk> content(Json message, String where) {
        Json content = message.find("content").orElse(new Json.Text(""));
        return switch (content) {
            case Json.Text(String text) -> ChatMessage.chunks(text);
            case Json.Array(List<Json> values) ->
                values.stream()
                        .map(chunk -> chunk(chunk, where + ".content"))
                        .filter(chunk -> !(chunk instanceof ChatMessage.Text(String text) && text.isEmpty()))
                        .toList();
            case Json.Null _, Json.Bool _, Json.Number _, Json.Object _ ->
                throw new ChatException(where + ".content is neither a string nor an array");
        };
    }

    private static ChatMessage.Chunk chunk(Json json, String where) {
        String type = text(json, "type").orElse("");
        return switch (type) {
            case "text" -> new ChatMessage.Text(text(json, "text").orElse(""));
            case "thinking" -> {
                Json thinking = json.find("thinking").orElse(new Json.Text(""));
                // Some write a thought as an array of texts.
                String thought = thinking.text()
                        .orElseGet(() -> String.join(
                                "",
                                thinking.elements().stream()
                                        .map(part -> text(part, "text").orElse(""))
                                        .toList()));
                yield new ChatMessage.Thought(thought, !json.find("closed").equals(Optional.of(new Json.Bool(false))));
            }
            default ->
                throw new ChatException(where + " has a part of type '" + type + "'; text and thinking are supported");
        };
    }

    private static String plain(List<ChatMessage.Chunk> chunks, String where) {
        List<String> texts = new ArrayList<>();
        for (ChatMessage.Chunk chunk : chunks) {
            switch (chunk) {
                case ChatMessage.Text(String text) -> texts.add(text);
                case ChatMessage.Thought _ ->
                    throw new ChatException(
                            where + ".content has a thought; only the system and the assistant have those");
            }
        }
        return String.join("\n\n", texts);
    }

    private static List<ToolCall> calls(Json message, String where) {
        List<ToolCall> calls = new ArrayList<>();
        for (Json call : message.find("tool_calls").map(Json::elements).orElse(List.of())) {
            String here = where + ".tool_calls[" + calls.size() + "]";
            Json function = call.find("function").orElse(call);
            Json arguments = function.find("arguments").orElse(new Json.Text(""));
            calls.add(new ToolCall(
                    text(call, "id").orElse(""),
                    text(function, "name").orElseThrow(() -> new ChatException(here + ".function has no name")),
                    arguments instanceof Json.Text(String text) ? text : JsonPrinter.print(arguments)));
        }
        return calls;
    }

    /** {@return the definition with the members that models are shown, in their order} */
    private static Json tool(Json json, String where) {
        Json function = json.find("function").orElse(json);
        Map<String, Json> members = new LinkedHashMap<>();
        members.put(
                "name", function.find("name").orElseThrow(() -> new ChatException(where + ".function has no name")));
        members.put("description", function.find("description").orElse(new Json.Text("")));
        members.put("parameters", function.find("parameters").orElse(new Json.Object(Map.of())));
        Map<String, Json> tool = new LinkedHashMap<>();
        tool.put("type", new Json.Text("function"));
        tool.put("function", new Json.Object(members));
        return new Json.Object(tool);
    }
}
