package dev.sirocco.model.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.model.tokenizer.ControlToken;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerParserTest {
    private static ChatMessage.Assistant parse(Object... parts) {
        return AnswerParser.parse(new SpelledTokenizer(), SpelledTokenizer.ids(parts));
    }

    @Test
    void textIsText() {
        assertEquals(List.of(new ChatMessage.Text("a wind")), parse("a wind").content());
        assertEquals(List.of(), parse().content());
        assertEquals(SpelledTokenizer.ids("hi"), parse("hi").tokens());
        // Only the control token makes a call.
        assertEquals(List.of(), parse("[TOOL_CALLS][{\"name\": \"f\"}]").calls());
    }

    @Test
    void aListOfCallsIsReadAsJson() {
        ChatMessage.Assistant answer = parse(
                ControlToken.TOOL_CALLS,
                " [{\"name\": \"f\", \"arguments\": {\"x\":1}, \"id\": \"abc\"},",
                " {\"name\": \"g\", \"arguments\": \"y\"}]");
        assertEquals(List.of(new ToolCall("abc", "f", "{\"x\": 1}"), new ToolCall("", "g", "y")), answer.calls());
        assertEquals("", answer.text());
    }

    @Test
    void callsOneByOneHaveMarkers() {
        assertEquals(
                List.of(new ToolCall("id1", "f", "{\"x\": 1}"), new ToolCall("", "g", "{}")),
                parse(
                                ControlToken.TOOL_CALLS,
                                "f",
                                ControlToken.CALL_ID,
                                "id1",
                                ControlToken.ARGS,
                                "{\"x\": 1}",
                                ControlToken.TOOL_CALLS,
                                "g",
                                ControlToken.ARGS,
                                "{}")
                        .calls());
    }

    @Test
    void whatIsNoCallAfterAllIsLeftAsText() {
        for (String broken : List.of("[{\"name\": \"f\"", "{}", "[{\"id\": 1}]", "plain", "")) {
            ChatMessage.Assistant answer = parse("a", ControlToken.TOOL_CALLS, broken);
            assertEquals(List.of(), answer.calls(), broken);
            assertEquals(broken.isEmpty() ? "a" : "a\n\n" + broken, answer.text());
        }
    }

    @Test
    void thoughtsAreToldFromTheAnswer() {
        ChatMessage.Assistant answer = parse(ControlToken.BEGIN_THINK, "hm", ControlToken.END_THINK, "yes");
        assertEquals(List.of(new ChatMessage.Thought("hm", true), new ChatMessage.Text("yes")), answer.content());
        assertEquals("yes", answer.text());
        assertEquals("hm", answer.thoughts());
        assertEquals(
                List.of(new ChatMessage.Thought("cut o", false)),
                parse(ControlToken.BEGIN_THINK, "cut o").content());
    }
}
