package dev.sirocco.model.tokenizer;

import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list of merges that a GGUF file with a byte-level vocabulary has, for programs that merge by it. {@code
 * tekken.json} has none, for ranks alone decide there, and finding them takes longer than all else about such a file:
 * so they are made only for those who write one.
 */
public final class TekkenMerges {
    /** The key of the list. */
    public static final String KEY = Vocabulary.PREFIX + "merges";

    private final Map<String, Integer> ranks;
    private final List<String> merges = new ArrayList<>();

    private TekkenMerges(int tokens) {
        ranks = HashMap.newHashMap(tokens);
    }

    /** {@return the merges that a vocabulary lacks, empty when it has them or needs none} */
    public static Optional<GgufValue> missing(GgufMetadata metadata) {
        boolean needed = metadata.has(Vocabulary.PREFIX + "model")
                && metadata.getString(Vocabulary.PREFIX + "model").equals("gpt2")
                && !metadata.has(KEY);
        if (!needed) {
            return Optional.empty();
        }
        List<String> tokens = metadata.getStrings(Vocabulary.PREFIX + "tokens");
        TokenType[] types = Vocabulary.types(metadata, tokens);
        TekkenMerges result = new TekkenMerges(tokens.size());
        for (int id = 0; id < Math.min(tokens.size(), types.length); id++) {
            String word = types[id] == TokenType.NORMAL ? ByteAlphabet.decode(tokens.get(id)) : null;
            if (word != null) {
                result.add(word, id);
            }
        }
        return Optional.of(GgufValue.strings(result.merges));
    }

    /** Adds the pair of which a token of several bytes is made, where the tokens before it make it of two. */
    private void add(String word, int rank) {
        if (word.length() > 1) {
            int split = lastSplit(word);
            if (split > 0) {
                merges.add(ByteAlphabet.encode(word.substring(0, split)) + " "
                        + ByteAlphabet.encode(word.substring(split)));
            }
        }
        ranks.put(word, rank);
    }

    /** {@return where the second of the two parts begins that merging leaves, 0 when it leaves more} */
    private int lastSplit(String word) {
        List<Integer> ends = new ArrayList<>();
        for (int end = 0; end <= word.length(); end++) {
            ends.add(end);
        }
        while (ends.size() > 3) {
            int best = 0;
            int bestRank = Integer.MAX_VALUE;
            for (int i = 1; i + 1 < ends.size(); i++) {
                int rank = ranks.getOrDefault(word.substring(ends.get(i - 1), ends.get(i + 1)), Integer.MAX_VALUE);
                if (rank < bestRank) {
                    bestRank = rank;
                    best = i;
                }
            }
            if (best == 0) {
                return 0;
            }
            ends.remove(best);
        }
        return ends.get(1);
    }
}
