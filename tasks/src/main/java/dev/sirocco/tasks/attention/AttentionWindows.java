package dev.sirocco.tasks.attention;

import java.util.List;

/**
 * How many positions the queries of each layer see.
 *
 * @param pattern positions that a query sees, itself included, 0 for all; one number a layer, repeated from the
 *                beginning when there are more layers
 */
public record AttentionWindows(List<Integer> pattern) {
    /** Every query sees all positions before it. */
    public static final AttentionWindows NONE = of(0);

    public AttentionWindows {
        pattern = List.copyOf(pattern);
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException("the list of windows is empty; give at least one, 0 for none");
        }
        for (int window : pattern) {
            if (window < 0) {
                throw new IllegalArgumentException("window " + window + " must not be negative; 0 means no window");
            }
        }
    }

    /** {@return the same window in every layer} */
    public static AttentionWindows of(int window) {
        return new AttentionWindows(List.of(window));
    }

    /** {@return the window of a layer, 0 for none} */
    public int inLayer(int layer) {
        return pattern.get(layer % pattern.size());
    }

    /** {@return the widest window, 0 when a layer has none} */
    public int widest() {
        return pattern.contains(0)
                ? 0
                : pattern.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    /** The window as one writes it: a number, or numbers with commas. */
    @Override
    public String toString() {
        return String.join(",", pattern.stream().map(String::valueOf).toList());
    }
}
