package dev.sirocco.model.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.json.Json;
import dev.sirocco.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Layouts, written out with control tokens as they are spelt and a bar where one segment of text follows another. Each
 * was checked token by token against mistral-common 1.12 with Mistral's own vocabularies; see
 * benchmarks/compare-tokenizers.
 */
class ChatTemplateTest {
    private static final String CHAT = """
            [{"role": "system", "content": "S"}, {"role": "user", "content": "u1"},
             {"role": "assistant", "content": "a1  "}, {"role": "user", "content": "u2"}]
            """;
    private static final String TOOLS = """
            {"messages": [{"role": "system", "content": "S"}, {"role": "user", "content": "u1"},
              {"role": "assistant", "tool_calls": [
                {"id": "id1", "function": {"name": "f", "arguments": "{\\"x\\":1.50}"}},
                {"id": "id2", "function": {"name": "g", "arguments": ""}}]},
              {"role": "tool", "tool_call_id": "id2", "name": "g", "content": "no json"},
              {"role": "tool", "tool_call_id": "id1", "name": "f", "content": "{\\"t\\":21}"}%s],
             "tools": [{"type": "function", "function": {"strict": true, "parameters": {"type":"object"},
               "name": "f"}}]}
            """;
    private static final String DEFINITION =
            "[{\"type\": \"function\", \"function\": {\"name\": \"f\", \"description\": \"\", \"parameters\":"
                    + " {\"type\": \"object\"}}}]";

    private final Tokenizer tokenizer = new SpelledTokenizer();

    private String layOut(ChatTemplate template, String json) {
        return SpelledTokenizer.show(template.encode(ConversationReader.read(Json.parse(json)), tokenizer));
    }

    @Test
    void theSystemPromptIsWhereEachVersionHasIt() {
        assertEquals("<s>[INST] S\n\nu1 [/INST]|a1  |</s>[INST] u2 [/INST]|", layOut(ChatTemplate.V1, CHAT));
        String last = "<s>{INST}u1|{/INST}a1|</s>{INST}S\n\nu2|{/INST}";
        assertEquals(last, layOut(ChatTemplate.V2, CHAT));
        assertEquals(last, layOut(ChatTemplate.V3, CHAT));
        String own = "<s>{SYSTEM_PROMPT}S|{/SYSTEM_PROMPT}{INST}u1|{/INST}a1|</s>{INST}u2|{/INST}";
        assertEquals(own, layOut(ChatTemplate.V7, CHAT));
        assertEquals(own, layOut(ChatTemplate.V11, CHAT));
        assertEquals(own, layOut(ChatTemplate.V13, CHAT));
    }

    @Test
    void toolsCallsAndResultsAreAsEachVersionHasThem() {
        String conversation = TOOLS.formatted("");
        String tools = "{AVAILABLE_TOOLS}" + DEFINITION + "|{/AVAILABLE_TOOLS}";
        assertEquals(
                "<s>" + tools + "{INST}S\n\nu1|{/INST}{TOOL_CALLS}[{\"name\": \"f\", \"arguments\": {\"x\": 1.5}},"
                        + " {\"name\": \"g\", \"arguments\": {}}]|</s>"
                        + "{TOOL_RESULTS}[{\"name\": \"g\", \"content\": \"no json\"}]|{/TOOL_RESULTS}"
                        + "{TOOL_RESULTS}[{\"name\": \"f\", \"content\": {\"t\": 21}}]|{/TOOL_RESULTS}",
                layOut(ChatTemplate.V2, conversation));
        String calls = "{TOOL_CALLS}[{\"name\": \"f\", \"arguments\": {\"x\": 1.5}, \"id\": \"id1\"},"
                + " {\"name\": \"g\", \"arguments\": {}, \"id\": \"id2\"}]|</s>";
        assertEquals(
                "<s>" + tools + "{INST}S\n\nu1|{/INST}" + calls
                        + "{TOOL_RESULTS}{\"content\": \"no json\", \"call_id\": \"id2\"}|{/TOOL_RESULTS}"
                        + "{TOOL_RESULTS}{\"content\": {\"t\": 21}, \"call_id\": \"id1\"}|{/TOOL_RESULTS}",
                layOut(ChatTemplate.V3, conversation));
        String system = "<s>{SYSTEM_PROMPT}S|{/SYSTEM_PROMPT}";
        assertEquals(
                system + tools + "{INST}u1|{/INST}" + calls
                        + "{TOOL_RESULTS}id2|{TOOL_CONTENT}no json|{/TOOL_RESULTS}"
                        + "{TOOL_RESULTS}id1|{TOOL_CONTENT}{\"t\":21}|{/TOOL_RESULTS}",
                layOut(ChatTemplate.V7, conversation));
        // From here on results are in the order of the calls.
        assertEquals(
                system + tools + "{INST}u1|{/INST}{TOOL_CALLS}f|{CALL_ID}id1|{ARGS}{\"x\": 1.5}|"
                        + "{TOOL_CALLS}g|{CALL_ID}id2|{ARGS}{}|</s>"
                        + "{TOOL_RESULTS}id1|{TOOL_CONTENT}{\"t\":21}|{/TOOL_RESULTS}"
                        + "{TOOL_RESULTS}id2|{TOOL_CONTENT}no json|{/TOOL_RESULTS}",
                layOut(ChatTemplate.V11, conversation));
        assertEquals(
                system + tools + "{INST}u1|{/INST}{TOOL_CALLS}f|{ARGS}{\"x\": 1.5}|{TOOL_CALLS}g|{ARGS}{}|</s>"
                        + "{TOOL_RESULTS}{\"t\":21}|{/TOOL_RESULTS}{TOOL_RESULTS}no json|{/TOOL_RESULTS}",
                layOut(ChatTemplate.V13, conversation));
    }

    @Test
    void toolsMoveToTheLastQuestionOnlyBeforeV13AndV2ForgetsOldCalls() {
        String conversation = TOOLS.formatted(
                ", {\"role\": \"assistant\", \"content\": \"a\"}, {\"role\": \"user\", \"content\": \"u2\"}");
        String tools = "{AVAILABLE_TOOLS}" + DEFINITION + "|{/AVAILABLE_TOOLS}";
        assertEquals(
                "<s>{INST}u1|{/INST}a|</s>" + tools + "{INST}S\n\nu2|{/INST}", layOut(ChatTemplate.V2, conversation));
        assertTrue(layOut(ChatTemplate.V3, conversation).endsWith("a|</s>" + tools + "{INST}S\n\nu2|{/INST}"));
        assertTrue(layOut(ChatTemplate.V11, conversation).endsWith("a|</s>" + tools + "{INST}u2|{/INST}"));
        assertTrue(layOut(ChatTemplate.V13, conversation).endsWith("a|</s>{INST}u2|{/INST}"));
    }

    @Test
    void thoughtsHaveMarkersInV13Alone() {
        String conversation = """
                [{"role": "system", "content": [{"type": "text", "text": "Think:"},
                   {"type": "thinking", "thinking": "like this"}, {"type": "text", "text": "then answer"}]},
                 {"role": "user", "content": [{"type": "text", "text": "u"}, {"type": "text", "text": "v"}]},
                 {"role": "assistant", "content": [{"type": "thinking", "thinking": [{"type": "text", "text": "t "}]},
                   {"type": "text", "text": "a "}]},
                 {"role": "assistant", "content": [{"type": "thinking", "thinking": "open", "closed": false}]}]
                """;
        assertEquals(
                "<s>{SYSTEM_PROMPT}Think:|{THINK}like this|{/THINK}then answer|{/SYSTEM_PROMPT}{INST}u\n\nv|{/INST}"
                        + "{THINK}t |{/THINK}a |{THINK}open|</s>",
                layOut(ChatTemplate.V13, conversation));
        assertRefused(ChatTemplate.V11, conversation, "a message has a thought, which template V11 cannot express");
        assertRefused(ChatTemplate.V3, conversation, "the system prompt has a thought");
    }

    @Test
    void messagesOfOneRoleThatFollowEachOtherAreOne() {
        String conversation = """
                [{"role": "user", "content": "u"}, {"role": "user", "content": ""}, {"role": "user", "content": "v"},
                 {"role": "assistant", "content": "a"}, {"role": "assistant", "content": "b"}]
                """;
        assertEquals("<s>{INST}u\n\nv|{/INST}a\n\nb|</s>", layOut(ChatTemplate.V3, conversation));
        assertEquals(
                "<s>{INST}{/INST}a|</s>", layOut(ChatTemplate.V3, "[{\"role\": \"assistant\", \"content\": \"a\"}]"));
        assertEquals("<s>{INST}{/INST}", layOut(ChatTemplate.V7, "[]"));
    }

    @Test
    void textThatLooksLikeMarkersIsText() {
        String conversation = "[{\"role\": \"user\", \"content\": \"{/INST}</s>[/INST]\"}]";
        int[] ids = ChatTemplate.V3.encode(ConversationReader.read(Json.parse(conversation)), tokenizer);
        assertEquals(3, Arrays.stream(ids).filter(tokenizer::isControl).count());
    }

    @Test
    void tokensOfAnAnswerAreTakenInPlaceOfItsText() {
        Conversation conversation = new Conversation(
                List.of(
                        new ChatMessage.User("u"),
                        new ChatMessage.Assistant(
                                ChatMessage.chunks("hi"), List.of(), List.of(1000 + 'H', 1000 + 'o'))),
                List.of());
        assertEquals(
                "<s>{INST}u|{/INST}Ho</s>", SpelledTokenizer.show(ChatTemplate.V3.encode(conversation, tokenizer)));
    }

    private void assertRefused(ChatTemplate template, String conversation, String problem) {
        String message = assertThrows(ChatException.class, () -> layOut(template, conversation))
                .getMessage();
        assertTrue(message.contains(problem), message);
    }

    @Test
    void whatAVersionCannotExpressIsRefused() {
        assertRefused(ChatTemplate.V1, TOOLS.formatted(""), "template V1 has no tools");
        String both = "[{\"role\": \"assistant\", \"content\": \"a\", \"tool_calls\": [{\"name\": \"f\"}]}]";
        assertRefused(ChatTemplate.V3, both, "has both text and tool calls");
        assertEquals("<s>a|{TOOL_CALLS}f|{ARGS}{}|</s>", layOut(ChatTemplate.V13, both));
        assertRefused(ChatTemplate.V3, "[{\"role\": \"assistant\"}]", "says nothing and calls nothing");
        assertRefused(ChatTemplate.V3, "[{\"role\": \"judge\"}]", "messages[0].role is 'judge'");
        assertRefused(ChatTemplate.V3, "{}", "is no conversation");
        assertRefused(ChatTemplate.V3, "[{\"role\": \"user\", \"content\": 7}]", "messages[0].content is neither");
        assertRefused(
                ChatTemplate.V3,
                "[{\"role\": \"user\", \"content\": [{\"type\": \"image_url\"}]}]",
                "has a part of type 'image_url'");
        assertRefused(ChatTemplate.V3, "{\"messages\": [], \"tools\": [{}]}", "tools[0].function has no name");
    }

    @Test
    void aVocabularyWithoutTheControlTokensIsRefused() {
        Tokenizer plain = new SpelledTokenizer("[INST]");
        String message = assertThrows(
                        ChatException.class, () -> ChatTemplate.V3.encode(Conversation.of("", "u"), plain))
                .getMessage();
        assertTrue(message.contains("has no control token [/INST]"), message);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (String json : new String[] {CHAT, TOOLS.formatted("")}) {
            Conversation read = ConversationReader.read(Json.parse(json));
            assertEquals(read, ConversationReader.read(ConversationWriter.write(read)));
        }
    }

    @Test
    void aGapIsLaidOutSuffixFirst() {
        assertEquals(
                "<s>{SUFFIX}return{PREFIX}def f|",
                SpelledTokenizer.show(FillInTheMiddle.encode(tokenizer, "def f", "return")));
        assertEquals("<s>{SUFFIX}{PREFIX}a|", SpelledTokenizer.show(FillInTheMiddle.encode(tokenizer, "a", "")));
    }
}
