package dev.sirocco.tasks.rope;

/**
 * Growth of queries with their position, which keeps attention sharp in long contexts: a query at position p is
 * multiplied by {@code 1 + scale · ln(1 + ⌊p / length⌋)}, after its rotation.
 *
 * @param scale  0 for none
 * @param length positions of the context that the model was first trained on, at least 1
 */
public record QueryTemperature(double scale, int length) {
    /** Queries stay as they are. */
    public static final QueryTemperature NONE = new QueryTemperature(0, 1);

    public QueryTemperature {
        if (!(scale >= 0 && scale < Double.POSITIVE_INFINITY) || length < 1) {
            throw new IllegalArgumentException("attention temperature: scale " + scale
                    + " must not be negative, and length " + length + " must be at least 1");
        }
    }

    /** {@return what a query at a position is multiplied with} */
    public double factor(int position) {
        return 1 + scale * Math.log1p(Math.floorDiv(position, length));
    }
}
