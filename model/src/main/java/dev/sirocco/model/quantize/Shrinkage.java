package dev.sirocco.model.quantize;

/**
 * What least squares takes from the size of weights, given back. Of all scales the one with the least squared error
 * makes the decoded weights smaller than the weights by the square of the relative error: all of them, in every matrix,
 * which adds up over the layers, where the rest of the error averages out. A scale for which the product of weights and
 * decoded weights is the sum of the weights' squares costs next to no error, and a matrix' outputs keep their size.
 */
final class Shrinkage {
    /** Where so much is missing, the levels were no match for the weights. */
    private static final double LARGEST = 2;

    private double square;
    private double product;

    /** Takes account of a weight. */
    void add(double weight, double decoded) {
        square += weight * weight;
        product += weight * decoded;
    }

    /** {@return the scale without what was lost, as it is stored} */
    float undone(float scale) {
        double factor = product > 0 ? Math.clamp(square / product, 1 / LARGEST, LARGEST) : 1;
        return Levels.rounded16((float) (scale * factor));
    }
}
