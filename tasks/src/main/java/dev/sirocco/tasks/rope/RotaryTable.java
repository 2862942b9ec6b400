package dev.sirocco.tasks.rope;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Cosines and sines for the positions of a chunk (Su et al., arXiv 2104.09864). Pair i of a head turns by {@code
 * position · theta^(−2i / headDim)}, as its {@link RotaryScaling} changes it.
 *
 * <p>Holds the frequencies only; the arrays that it fills belong to the caller.
 */
public final class RotaryTable {
    private final double[] frequencies; // (headDim / 2), radians per position
    private final double magnitude;
    private final QueryTemperature temperature;

    /**
     * Computes the frequencies.
     *
     * @param headDim elements of a head, even
     */
    public RotaryTable(int headDim, Rotary rotary) {
        if (headDim <= 0 || headDim % 2 != 0) {
            throw new IllegalArgumentException(
                    "head dimension " + headDim + " must be positive and even to be rotated");
        }
        frequencies = new double[headDim / 2];
        for (int pair = 0; pair < frequencies.length; pair++) {
            frequencies[pair] = rotary.scaling().frequency(pair, headDim, rotary.theta());
        }
        magnitude = rotary.scaling().magnitude();
        temperature = rotary.temperature();
    }

    /** {@return numbers of a position: one for each of a head's elements, and the temperature} */
    public static int length(int headDim) {
        return headDim + 1;
    }

    /**
     * Writes the rotation of {@code rows} consecutive positions.
     *
     * @param rotation (at least rows, {@link #length}): cosine and sine of pair 0, of pair 1, …, and what rotated
     *                 queries are multiplied with
     * @param position the first row's position
     * @param rows     how many
     */
    public void fill(FloatArray rotation, int position, int rows) {
        int at = 0;
        for (int row = 0; row < rows; row++) {
            for (double frequency : frequencies) {
                double angle = (position + (double) row) * frequency;
                rotation.set(at++, (float) (magnitude * Math.cos(angle)));
                rotation.set(at++, (float) (magnitude * Math.sin(angle)));
            }
            rotation.set(at++, (float) temperature.factor(position + row));
        }
    }
}
