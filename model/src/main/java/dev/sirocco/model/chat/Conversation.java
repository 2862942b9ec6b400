package dev.sirocco.model.chat;

import dev.sirocco.model.json.Json;
import java.util.List;

/**
 * What was said so far.
 *
 * @param messages in order
 * @param tools    functions that the model may call, each {@code {"type": "function", "function": {"name",
 *                 "description", "parameters"}}}
 */
public record Conversation(List<ChatMessage> messages, List<Json> tools) {
    public Conversation {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** {@return a person's first message, after a system prompt if that is not empty} */
    public static Conversation of(String systemPrompt, String message) {
        ChatMessage user = new ChatMessage.User(message);
        return new Conversation(
                systemPrompt.isEmpty()
                        ? List.of(user)
                        : List.of(new ChatMessage.System(ChatMessage.chunks(systemPrompt)), user),
                List.of());
    }
}
