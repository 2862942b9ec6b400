package dev.sirocco.tasks.rope;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Cosines and sines for the positions of a chunk (Su et al., arXiv 2104.09864). Pair i of a head turns by {@code
 * position · theta^(−2i / headDim)}.
 *
 * <p>Holds the frequencies only; the array that it fills belongs to the caller.
 */
public final class RotaryTable {
    private final double[] frequencies; // (headDim / 2), radians per position

    /**
     * Computes the frequencies.
     *
     * @param headDim elements of a head, even
     * @param theta   the base; 1e4 and 1e6 occur in the family, and the model's file says which
     */
    public RotaryTable(int headDim, double theta) {
        if (headDim <= 0 || headDim % 2 != 0) {
            throw new IllegalArgumentException(
                    "head dimension " + headDim + " must be positive and even to be rotated");
        }
        if (!(theta > 0)) {
            throw new IllegalArgumentException("RoPE theta " + theta + " must be positive");
        }
        frequencies = new double[headDim / 2];
        for (int pair = 0; pair < frequencies.length; pair++) {
            frequencies[pair] = Math.pow(theta, -2.0 * pair / headDim);
        }
    }

    /**
     * Writes the rotation of {@code rows} consecutive positions.
     *
     * @param rotation (at least rows, headDim): cosine and sine of pair 0, of pair 1, …
     * @param position the first row's position
     * @param rows     how many
     */
    public void fill(FloatArray rotation, int position, int rows) {
        int at = 0;
        for (int row = 0; row < rows; row++) {
            for (double frequency : frequencies) {
                double angle = (position + (double) row) * frequency;
                rotation.set(at++, (float) Math.cos(angle));
                rotation.set(at++, (float) Math.sin(angle));
            }
        }
    }
}
