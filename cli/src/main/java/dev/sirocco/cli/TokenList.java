package dev.sirocco.cli;

import java.util.ArrayList;
import java.util.List;

/** Token ids as people write them: separated by commas, white space or both. */
final class TokenList {
    private TokenList() {}

    /**
     * {@return the ids}
     *
     * @param source what to name in the message: an option, or where the text came from
     * @throws CommandFailure when something else is among them, or an id is not in the vocabulary
     */
    static int[] parse(String source, List<String> texts, int vocabSize) {
        List<Integer> ids = new ArrayList<>();
        for (String text : texts) {
            for (String word : text.split("[\\s,]+")) {
                if (!word.isEmpty()) {
                    ids.add(parseId(source, word, vocabSize));
                }
            }
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int parseId(String source, String word, int vocabSize) {
        try {
            int id = Integer.parseInt(word);
            if (id >= 0 && id < vocabSize) {
                return id;
            }
        } catch (NumberFormatException _) {
            // Reported below like a number that is out of range.
        }
        throw new CommandFailure(
                source + ": '" + word + "' is not a token id; this model's are 0 to " + (vocabSize - 1));
    }
}
