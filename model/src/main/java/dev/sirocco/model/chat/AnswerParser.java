package dev.sirocco.model.chat;

import dev.sirocco.model.json.Json;
import dev.sirocco.model.json.JsonException;
import dev.sirocco.model.json.JsonPrinter;
import dev.sirocco.model.tokenizer.ControlToken;
import dev.sirocco.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds thoughts, text and tool calls in the tokens of an answer. Control tokens tell them apart, so no text can pass
 * for a call. A call that is not well-formed is left in the text as it came.
 */
public final class AnswerParser {
    private final Tokenizer tokenizer;
    private final List<ChatMessage.Chunk> content = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();

    private AnswerParser(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** {@return the answer with its parts told apart and its tokens kept} */
    public static ChatMessage.Assistant parse(Tokenizer tokenizer, List<Integer> tokens) {
        AnswerParser parser = new AnswerParser(tokenizer);
        ControlToken part = null;
        int from = 0;
        for (int at = 0; at <= tokens.size(); at++) {
            ControlToken next = at == tokens.size() ? null : parser.boundary(tokens.get(at));
            if (at == tokens.size() || next != null) {
                parser.add(part, tokens.subList(from, at), next);
                part = next;
                from = at + 1;
            }
        }
        return new ChatMessage.Assistant(parser.content, parser.calls, tokens);
    }

    /** {@return the token that begins or ends a part, null for all others; what is within a call is part of it} */
    private ControlToken boundary(int id) {
        for (ControlToken token : List.of(ControlToken.TOOL_CALLS, ControlToken.BEGIN_THINK, ControlToken.END_THINK)) {
            if (is(id, token)) {
                return token;
            }
        }
        return null;
    }

    private boolean is(int id, ControlToken token) {
        return tokenizer.controlId(token.spelling()).orElse(-1) == id;
    }

    private void add(ControlToken part, List<Integer> ids, ControlToken next) {
        String text = decode(ids);
        switch (part) {
            case TOOL_CALLS -> addCalls(ids, text);
            case BEGIN_THINK -> content.add(new ChatMessage.Thought(text, next == ControlToken.END_THINK));
            case null, default -> content.addAll(ChatMessage.chunks(text));
        }
    }

    private String decode(List<Integer> ids) {
        return tokenizer.decode(ids.stream().mapToInt(Integer::intValue).toArray());
    }

    private void addCalls(List<Integer> ids, String text) {
        int arguments = indexOf(ids, ControlToken.ARGS);
        if (arguments >= 0) {
            int callId = indexOf(ids, ControlToken.CALL_ID);
            int nameEnd = callId >= 0 && callId < arguments ? callId : arguments;
            String id = nameEnd == callId ? decode(ids.subList(callId + 1, arguments)) : "";
            String name = decode(ids.subList(0, nameEnd)).strip();
            calls.add(new ToolCall(id, name, decode(ids.subList(arguments + 1, ids.size()))));
            return;
        }
        List<ToolCall> listed = listed(text);
        if (listed.isEmpty()) {
            content.addAll(ChatMessage.chunks(text));
        }
        calls.addAll(listed);
    }

    private int indexOf(List<Integer> ids, ControlToken token) {
        for (int i = 0; i < ids.size(); i++) {
            if (is(ids.get(i), token)) {
                return i;
            }
        }
        return -1;
    }

    /** {@return the calls of a list in JSON, none when it is not one} */
    private static List<ToolCall> listed(String text) {
        List<ToolCall> listed = new ArrayList<>();
        try {
            for (Json call : Json.parse(text).elements()) {
                Optional<String> name = call.find("name").flatMap(Json::text);
                if (name.isEmpty()) {
                    return List.of();
                }
                Json arguments = call.find("arguments").orElse(new Json.Text(""));
                listed.add(new ToolCall(
                        call.find("id").flatMap(Json::text).orElse(""),
                        name.get(),
                        arguments.text().orElseGet(() -> JsonPrinter.print(arguments))));
            }
        } catch (JsonException _) {
            return List.of();
        }
        return listed;
    }
}
