package dev.sirocco.tasks.graph;

/**
 * How many feed-forward networks a block has, and how many of them a token uses.
 *
 * @param count  0 for one network without a choice
 * @param chosen at most {@code count}
 */
public record Experts(int count, int chosen) {
    /** One network. */
    public static final Experts NONE = new Experts(0, 0);

    public Experts {
        if (count < 0 || chosen < 0 || chosen > count || count > 0 && chosen == 0) {
            throw new IllegalArgumentException(chosen + " of " + count + " experts cannot be chosen");
        }
    }
}
