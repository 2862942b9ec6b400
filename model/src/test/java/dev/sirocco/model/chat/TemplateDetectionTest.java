package dev.sirocco.model.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateDetectionTest {
    private static TemplateDetection detect(String key, String value, Tokenizer tokenizer) {
        GgufMetadata metadata = new GgufMetadata(Path.of("m.gguf"), Map.of(key, GgufValue.of(value)));
        return TemplateDetection.of(metadata, tokenizer);
    }

    private static void assertTemplate(ChatTemplate expected, String jinja) {
        assertEquals(
                Optional.of(expected),
                detect("tokenizer.chat_template", jinja, new SpelledTokenizer()).template(),
                jinja);
    }

    private static void assertUnknown(String reason, String key, String value) {
        TemplateDetection detection = detect(key, value, new SpelledTokenizer());
        assertEquals(Optional.empty(), detection.template());
        assertTrue(detection.reason().contains(reason), detection.reason());
    }

    @Test
    void theVersionOfTheVocabularyDecides() {
        for (ChatTemplate template : ChatTemplate.values()) {
            TemplateDetection detection =
                    detect("tokenizer.mistral.version", template.name().toLowerCase(), new SpelledTokenizer());
            assertEquals(Optional.of(template), detection.template());
        }
        assertUnknown("of version 'v15', which is not known", "tokenizer.mistral.version", "v15");
    }

    @Test
    void markersInTheFilesTemplateTellItsVersion() {
        // The markers, in order, of the templates that Mistral's repositories carry.
        assertTemplate(ChatTemplate.V2, "{{ '[AVAILABLE_TOOLS]' }} [INST] [TOOL_CALLS] [TOOL_RESULTS]");
        assertTemplate(ChatTemplate.V3, "[AVAILABLE_TOOLS] [INST] [TOOL_CALLS] [TOOL_RESULTS] \"call_id\"");
        assertTemplate(ChatTemplate.V3, "{{ '[INST] ' + message['content'] + '[/INST]' }}");
        assertTemplate(ChatTemplate.V7, "[SYSTEM_PROMPT] [INST] [/INST]");
        assertTemplate(ChatTemplate.V11, "[SYSTEM_PROMPT] [INST] [TOOL_CALLS] [CALL_ID] [ARGS]");
        assertTemplate(ChatTemplate.V13, "[SYSTEM_PROMPT] [INST] [TOOL_CALLS] [ARGS]");
        assertTemplate(ChatTemplate.V13, "[SYSTEM_PROMPT] [INST] [THINK]");
    }

    @Test
    void markersThatAreTextInTheVocabularyAreTheFirstVersions() {
        assertEquals(
                Optional.of(ChatTemplate.V1),
                detect("tokenizer.chat_template", "[INST] [/INST]", new SpelledTokenizer("[ARGS]"))
                        .template());
    }

    @Test
    void whatIsNotKnownIsReported() {
        assertUnknown("none of Mistral's", "tokenizer.chat_template", "<|im_start|>{{ role }}");
        assertUnknown("newer than those", "tokenizer.chat_template", "[INST] [SYSTEM_PROMPT] [MODEL_SETTINGS]");
        assertUnknown("it has no chat template", "general.name", "m");
    }
}
