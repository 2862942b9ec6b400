package dev.sirocco.benchmarks.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SyntheticVocabularyTest {
    private final SyntheticVocabulary vocabulary = new SyntheticVocabulary(5000, new SplittableRandom(1));

    @Test
    void hasDistinctPiecesWithAllBytesWhereMistralHasThem() {
        List<String> pieces = vocabulary.pieces();
        assertEquals(5000, new HashSet<>(pieces).size());
        assertEquals(List.of("<unk>", "<s>", "</s>", "<0x00>"), pieces.subList(0, 4));
        assertEquals("<0xFF>", pieces.get(258));
    }

    @Test
    void everyLongPieceIsTheUnionOfTwoThatAreMergedBefore() {
        Map<String, Integer> ids = vocabulary.normalIds();
        float[] scores = vocabulary.scores();
        ids.forEach((piece, id) -> {
            if (piece.codePointCount(0, piece.length()) > 1) {
                assertTrue(splits(piece, ids, id), piece);
                assertTrue(scores[id] > scores[ids.get("a")], piece);
            }
        });
    }

    private static boolean splits(String piece, Map<String, Integer> ids, int id) {
        for (int at = 1; at < piece.length(); at++) {
            Integer left = ids.get(piece.substring(0, at));
            Integer right = ids.get(piece.substring(at));
            if (left != null && right != null && left < id && right < id) {
                return true;
            }
        }
        return false;
    }
}
