package dev.sirocco.model.tokenizer;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The control tokens that Mistral's templates are made of. Source: {@code SpecialTokens} of mistral-common. */
public enum ControlToken {
    BEGIN_INST("[INST]"),
    END_INST("[/INST]"),
    BEGIN_TOOLS("[AVAILABLE_TOOLS]"),
    END_TOOLS("[/AVAILABLE_TOOLS]"),
    BEGIN_TOOL_RESULTS("[TOOL_RESULTS]"),
    END_TOOL_RESULTS("[/TOOL_RESULTS]"),
    TOOL_CONTENT("[TOOL_CONTENT]"),
    TOOL_CALLS("[TOOL_CALLS]"),
    CALL_ID("[CALL_ID]"),
    ARGS("[ARGS]"),
    BEGIN_SYSTEM("[SYSTEM_PROMPT]"),
    END_SYSTEM("[/SYSTEM_PROMPT]"),
    BEGIN_THINK("[THINK]"),
    END_THINK("[/THINK]"),
    PREFIX("[PREFIX]"),
    MIDDLE("[MIDDLE]"),
    SUFFIX("[SUFFIX]");

    private static final Set<String> SPELLINGS =
            Arrays.stream(values()).map(ControlToken::spelling).collect(Collectors.toUnmodifiableSet());

    private final String spelling;

    ControlToken(String spelling) {
        this.spelling = spelling;
    }

    /** {@return the token as vocabularies spell it} */
    public String spelling() {
        return spelling;
    }

    static boolean isSpelt(String piece) {
        return SPELLINGS.contains(piece);
    }
}
