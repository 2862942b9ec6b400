package dev.sirocco.model.chat;

import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.tokenizer.ControlToken;
import dev.sirocco.model.tokenizer.Tokenizer;
import java.util.Optional;

/**
 * Which template a model's file asks for.
 *
 * @param template the one; empty when there is none, or it is not known
 * @param reason   how that was found out, as part of a line
 */
public record TemplateDetection(Optional<ChatTemplate> template, String reason) {
    private static final String TEMPLATE = "tokenizer.chat_template";
    private static final String VERSION = "tokenizer.mistral.version";

    /** Recognises the template by the version that the vocabulary names, or by the markers in the file's template. */
    public static TemplateDetection of(GgufMetadata metadata, Tokenizer tokenizer) {
        if (metadata.has(VERSION)) {
            String version = metadata.getString(VERSION);
            Optional<ChatTemplate> template = ChatTemplate.ofVersion(version);
            return new TemplateDetection(
                    template,
                    template.isPresent()
                            ? "its vocabulary is of version " + version
                            : "its vocabulary is of version '" + version + "', which is not known");
        }
        if (!metadata.has(TEMPLATE)) {
            return new TemplateDetection(Optional.empty(), "it has no chat template");
        }
        return ofMarkers(metadata.getString(TEMPLATE), tokenizer);
    }

    private static TemplateDetection ofMarkers(String text, Tokenizer tokenizer) {
        if (!has(text, ControlToken.BEGIN_INST)) {
            return new TemplateDetection(Optional.empty(), "its chat template is none of Mistral's");
        } else if (text.contains("[MODEL_SETTINGS]")) {
            return new TemplateDetection(Optional.empty(), "its chat template is newer than those that are known");
        }
        ChatTemplate template;
        if (has(text, ControlToken.BEGIN_SYSTEM)) {
            template = has(text, ControlToken.ARGS)
                    ? has(text, ControlToken.CALL_ID) ? ChatTemplate.V11 : ChatTemplate.V13
                    : has(text, ControlToken.BEGIN_THINK) ? ChatTemplate.V13 : ChatTemplate.V7;
        } else if (tokenizer.controlId(ControlToken.BEGIN_INST.spelling()).isEmpty()) {
            template = ChatTemplate.V1;
        } else {
            boolean old = has(text, ControlToken.BEGIN_TOOL_RESULTS) && !text.contains("call_id");
            template = old ? ChatTemplate.V2 : ChatTemplate.V3;
        }
        return new TemplateDetection(Optional.of(template), "its chat template has the markers of " + template);
    }

    private static boolean has(String text, ControlToken token) {
        return text.contains(token.spelling());
    }
}
