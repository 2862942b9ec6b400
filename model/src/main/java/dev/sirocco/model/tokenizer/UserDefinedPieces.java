package dev.sirocco.model.tokenizer;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Finds the user-defined pieces of a vocabulary in a text, the longest first. */
final class UserDefinedPieces {
    private final Set<String> pieces = new HashSet<>();
    private final int[] lengthsDescending;

    UserDefinedPieces(Vocabulary vocabulary) {
        for (int id = 0; id < vocabulary.size(); id++) {
            if (vocabulary.type(id) == TokenType.USER_DEFINED
                    && !vocabulary.piece(id).isEmpty()) {
                pieces.add(vocabulary.piece(id));
            }
        }
        int[] lengths = pieces.stream()
                .mapToInt(piece -> -piece.length())
                .distinct()
                .sorted()
                .toArray();
        lengthsDescending = Arrays.stream(lengths).map(length -> -length).toArray();
    }

    /** {@return the length of the longest piece that stands at {@code from}, 0 when none does} */
    int lengthAt(String text, int from) {
        for (int length : lengthsDescending) {
            if (from + length <= text.length() && pieces.contains(text.substring(from, from + length))) {
                return length;
            }
        }
        return 0;
    }
}
