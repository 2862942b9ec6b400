package dev.sirocco.model.chat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Brings a conversation into the order that templates expect: messages of one role that follow each other become one,
 * results come in the order of their calls. Source: {@code normalize.py} of mistral-common.
 */
final class Normalizer {
    private static final String BETWEEN = "\n\n";

    private final boolean keepsSystem;
    private final boolean sortsResults;
    private final List<ChatMessage> normal = new ArrayList<>();
    private final List<String> systemPrompts = new ArrayList<>();

    Normalizer(ChatTemplate template) {
        keepsSystem = template.systemPlace() == ChatTemplate.SystemPlace.OWN_MESSAGE;
        sortsResults = template.compareTo(ChatTemplate.V11) >= 0;
    }

    /** @return messages, among them those of the system only where they have a place of their own */
    List<ChatMessage> messages(List<ChatMessage> messages) {
        for (int from = 0; from < messages.size(); ) {
            int to = from + 1;
            while (to < messages.size()
                    && messages.get(to).getClass() == messages.get(from).getClass()) {
                to++;
            }
            add(messages.subList(from, to));
            from = to;
        }
        boolean begins = !normal.isEmpty() && (keepsSystem || normal.getFirst() instanceof ChatMessage.User);
        if (!begins) {
            normal.addFirst(new ChatMessage.User(""));
        }
        return normal;
    }

    /** {@return the system's messages that have no place of their own, joined; empty when there are none} */
    String systemPrompt() {
        return String.join(BETWEEN, systemPrompts);
    }

    private void add(List<ChatMessage> group) {
        switch (group.getFirst()) {
            case ChatMessage.System _ -> group.forEach(this::addSystem);
            case ChatMessage.User _ ->
                normal.add(new ChatMessage.User(String.join(
                        BETWEEN,
                        group.stream()
                                .map(message -> ((ChatMessage.User) message).content())
                                .filter(Predicate.not(String::isEmpty))
                                .toList())));
            case ChatMessage.Assistant _ -> normal.add(assistant(group));
            case ChatMessage.ToolResult _ -> normal.addAll(results(group));
        }
    }

    private void addSystem(ChatMessage message) {
        List<ChatMessage.Chunk> content = ((ChatMessage.System) message).content();
        if (keepsSystem) {
            normal.add(new ChatMessage.System(joined(content)));
            return;
        }
        for (ChatMessage.Chunk chunk : joined(content)) {
            switch (chunk) {
                case ChatMessage.Text(String text) -> systemPrompts.add(text);
                case ChatMessage.Thought _ ->
                    throw new ChatException("the system prompt has a thought, which only template V13 can express");
            }
        }
    }

    /** Tokens are only kept of a message by itself. */
    private static ChatMessage.Assistant assistant(List<ChatMessage> group) {
        if (group.size() == 1) {
            ChatMessage.Assistant only = (ChatMessage.Assistant) group.getFirst();
            return new ChatMessage.Assistant(joined(only.content()), only.calls(), only.tokens());
        }
        List<ChatMessage.Chunk> content = new ArrayList<>();
        List<ToolCall> calls = new ArrayList<>();
        for (ChatMessage message : group) {
            content.addAll(((ChatMessage.Assistant) message).content());
            calls.addAll(((ChatMessage.Assistant) message).calls());
        }
        return new ChatMessage.Assistant(joined(content), calls, List.of());
    }

    private static List<ChatMessage.Chunk> joined(List<ChatMessage.Chunk> chunks) {
        List<ChatMessage.Chunk> joined = new ArrayList<>();
        for (ChatMessage.Chunk chunk : chunks) {
            if (chunk instanceof ChatMessage.Text(String next)
                    && !joined.isEmpty()
                    && joined.getLast() instanceof ChatMessage.Text(String before)) {
                joined.set(joined.size() - 1, new ChatMessage.Text(before + BETWEEN + next));
            } else {
                joined.add(chunk);
            }
        }
        return joined;
    }

    private List<ChatMessage> results(List<ChatMessage> group) {
        List<ChatMessage> results = new ArrayList<>(group);
        if (sortsResults && !normal.isEmpty() && normal.getLast() instanceof ChatMessage.Assistant caller) {
            List<String> order = caller.calls().stream().map(ToolCall::id).toList();
            results.sort(Comparator.comparingInt(result -> {
                int place = order.indexOf(((ChatMessage.ToolResult) result).callId());
                return place < 0 ? order.size() : place;
            }));
        }
        return results;
    }
}
