package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.matmul.WeightTensor;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * All weights of a model. Does not own their memory, which must outlive every plan made from them.
 *
 * @param embedding  (vocab, dim)
 * @param layers     in order
 * @param outputNorm (dim)
 * @param output     (vocab, dim); the same object as {@code embedding} where a model ties them
 */
public record ModelWeights(
        WeightTensor embedding, List<LayerWeights> layers, FloatArray outputNorm, WeightTensor output) {
    public ModelWeights {
        layers = List.copyOf(layers);
    }

    /**
     * Checks every tensor against a shape.
     *
     * @throws IllegalArgumentException naming the first tensor that does not fit
     */
    public void requireShape(TransformerShape shape) {
        if (layers.size() != shape.layers()) {
            throw new IllegalArgumentException(
                    "the model has weights of " + layers.size() + " layers but its shape says " + shape.layers());
        }
        matrix(embedding, shape.vocab(), shape.dim());
        matrix(output, shape.vocab(), shape.dim());
        vector("output norm", outputNorm, shape.dim());
        for (int i = 0; i < layers.size(); i++) {
            LayerWeights layer = layers.get(i);
            vector("attention norm of layer " + i, layer.attentionNorm(), shape.dim());
            matrix(layer.query(), shape.queryDim(), shape.dim());
            matrix(layer.key(), shape.kvDim(), shape.dim());
            matrix(layer.value(), shape.kvDim(), shape.dim());
            matrix(layer.output(), shape.dim(), shape.queryDim());
            vector("feed-forward norm of layer " + i, layer.ffnNorm(), shape.dim());
            layer.router().ifPresent(router -> matrix(router, shape.experts().count(), shape.dim()));
            if (layer.networks().size() != Math.max(1, shape.experts().count())) {
                throw new IllegalArgumentException(
                        "layer " + i + " has " + layer.networks().size()
                                + " feed-forward networks but the model's shape needs "
                                + Math.max(1, shape.experts().count()));
            }
            for (GatedWeights network : layer.networks()) {
                matrix(network.gate(), shape.ffnDim(), shape.dim());
                matrix(network.up(), shape.ffnDim(), shape.dim());
                matrix(network.down(), shape.dim(), shape.ffnDim());
            }
        }
    }

    private static void matrix(WeightTensor tensor, int rows, int cols) {
        if (tensor.rows() != rows || tensor.cols() != cols) {
            throw new IllegalArgumentException("tensor " + tensor.name() + " is " + tensor.rows() + " × "
                    + tensor.cols() + " but the model's shape needs " + rows + " × " + cols);
        }
    }

    private static void vector(String name, FloatArray weights, int size) {
        if (weights.getSize() != size) {
            throw new IllegalArgumentException(
                    name + " has " + weights.getSize() + " elements but the model's shape needs " + size);
        }
    }
}
