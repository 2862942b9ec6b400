package dev.sirocco.model.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Byte-pair encoding by the definition: look at all neighbours, join the best ones, start again. */
final class NaiveEncoder {
    private final List<TestVocabulary.Token> tokens;
    private final boolean addsSpacePrefix;

    NaiveEncoder(TestVocabulary vocabulary, boolean addsSpacePrefix) {
        this.tokens = vocabulary.tokens;
        this.addsSpacePrefix = addsSpacePrefix;
    }

    private record Part(String text, boolean isWhole) {}

    int[] encode(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        List<Part> parts = split((addsSpacePrefix ? "▁" : "") + text.replace(' ', '▁'));
        for (int best = best(parts); best >= 0; best = best(parts)) {
            parts.set(
                    best,
                    new Part(parts.get(best).text() + parts.remove(best + 1).text(), false));
        }
        List<Integer> ids = new ArrayList<>();
        boolean afterUnknown = false;
        for (Part part : parts) {
            int id = find(part.text());
            if (id >= 0) {
                ids.add(id);
            } else if (find("<0x00>", TokenType.BYTE) >= 0) {
                for (byte value : part.text().getBytes(StandardCharsets.UTF_8)) {
                    ids.add(find(String.format("<0x%02X>", value), TokenType.BYTE));
                }
            } else if (!afterUnknown) {
                ids.add(0);
            }
            afterUnknown = id < 0;
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private List<Part> split(String text) {
        List<Part> parts = new ArrayList<>();
        for (int from = 0; from < text.length(); from += parts.getLast().text().length()) {
            String longest = "";
            for (TestVocabulary.Token token : tokens) {
                if (token.type() == TokenType.USER_DEFINED
                        && text.startsWith(token.piece(), from)
                        && token.piece().length() > longest.length()) {
                    longest = token.piece();
                }
            }
            parts.add(
                    longest.isEmpty()
                            ? new Part(Character.toString(text.codePointAt(from)), false)
                            : new Part(longest, true));
        }
        return parts;
    }

    private int best(List<Part> parts) {
        int best = -1;
        float bestScore = 0;
        for (int i = 0; i + 1 < parts.size(); i++) {
            if (!parts.get(i).isWhole() && !parts.get(i + 1).isWhole()) {
                int id = find(parts.get(i).text() + parts.get(i + 1).text());
                if (id >= 0 && (best < 0 || tokens.get(id).score() > bestScore)) {
                    best = i;
                    bestScore = tokens.get(id).score();
                }
            }
        }
        return best;
    }

    private int find(String piece) {
        for (int id = 0; id < tokens.size(); id++) {
            if (tokens.get(id).piece().equals(piece) && tokens.get(id).type().spellsText()) {
                return id;
            }
        }
        return -1;
    }

    private int find(String piece, TokenType type) {
        for (int id = 0; id < tokens.size(); id++) {
            if (tokens.get(id).piece().equals(piece) && tokens.get(id).type() == type) {
                return id;
            }
        }
        return -1;
    }
}
