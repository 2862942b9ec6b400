package dev.sirocco.model.tokenizer;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Finds the user-defined pieces of a vocabulary in a text, the longest first. */
final class UserDefinedPieces {
    /** Of a vocabulary that has none. */
    static final UserDefinedPieces NONE = new UserDefinedPieces(Set.of());

    private final Set<String> pieces;
    private final int[] lengthsDescending;

    private UserDefinedPieces(Set<String> pieces) {
        this.pieces = pieces;
        int[] lengths = pieces.stream()
                .mapToInt(piece -> -piece.length())
                .distinct()
                .sorted()
                .toArray();
        lengthsDescending = Arrays.stream(lengths).map(length -> -length).toArray();
    }

    static UserDefinedPieces of(Vocabulary vocabulary) {
        Set<String> pieces = new HashSet<>();
        for (int id = 0; id < vocabulary.size(); id++) {
            if (vocabulary.type(id) == TokenType.USER_DEFINED
                    && !vocabulary.piece(id).isEmpty()) {
                pieces.add(vocabulary.piece(id));
            }
        }
        return new UserDefinedPieces(pieces);
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
