package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.matmul.EncodedMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * The forward pass of a decoder in double precision, written to be read: every position attends to all earlier keys
 * under the window's mask, nothing is cached, chunked or fused. It shares no code with the kernels.
 *
 * @param shape         the model's numbers; context and chunk are not used
 * @param weights       exactly the numbers that the kernels' weights stand for
 * @param roundsToInt8  whether inputs of integer formats are rounded as the kernels round them, 32 to a scale
 */
public record ReferenceTransformer(TransformerShape shape, Weights weights, boolean roundsToInt8) {

    /** Weights of a block; shapes as in {@link LayerWeights}. */
    public record Layer(
            double[] attentionNorm,
            EncodedMatrix query,
            EncodedMatrix key,
            EncodedMatrix value,
            EncodedMatrix output,
            double[] ffnNorm,
            List<Network> networks,
            Optional<EncodedMatrix> router) {}

    /** Weights of a feed-forward network; shapes as in {@link GatedWeights}. */
    public record Network(EncodedMatrix gate, EncodedMatrix up, EncodedMatrix down) {}

    /** Weights of a model; shapes as in {@link ModelWeights}. */
    public record Weights(EncodedMatrix embedding, List<Layer> layers, double[] outputNorm, EncodedMatrix output) {}

    /** {@return the logits after each token: (tokens, vocab)} */
    public double[][] logits(int[] tokens) {
        int length = tokens.length;
        double[][] hidden = new double[length][shape.dim()];
        for (int t = 0; t < length; t++) {
            for (int i = 0; i < shape.dim(); i++) {
                hidden[t][i] = weights.embedding().value(tokens[t], i);
            }
        }
        for (int index = 0; index < weights.layers().size(); index++) {
            Layer layer = weights.layers().get(index);
            int window = shape.windows().inLayer(index);
            double[][] queries = new double[length][];
            double[][] keys = new double[length][];
            double[][] values = new double[length][];
            for (int t = 0; t < length; t++) {
                double[] normed = normalize(hidden[t], layer.attentionNorm());
                queries[t] = rotate(multiply(layer.query(), normed), t);
                keys[t] = rotate(multiply(layer.key(), normed), t);
                values[t] = multiply(layer.value(), normed);
            }
            for (int t = 0; t < length; t++) {
                add(hidden[t], multiply(layer.output(), attend(queries[t], keys, values, t, window)));
            }
            for (int t = 0; t < length; t++) {
                add(hidden[t], feedForward(layer, normalize(hidden[t], layer.ffnNorm())));
            }
        }
        double[][] logits = new double[length][];
        for (int t = 0; t < length; t++) {
            logits[t] = multiply(weights.output(), normalize(hidden[t], weights.outputNorm()));
        }
        return logits;
    }

    /** The answers of the experts with the largest logits, by the softmax over these; or that of the one network. */
    private double[] feedForward(Layer layer, double[] x) {
        if (layer.router().isEmpty()) {
            return answer(layer.networks().getFirst(), x);
        }
        double[] logits = multiply(layer.router().get(), x);
        double[] chosen = DoubleStream.of(logits)
                .boxed()
                .sorted(Comparator.reverseOrder())
                .limit(shape.experts().chosen())
                .mapToDouble(Double::doubleValue)
                .toArray();
        double total = DoubleStream.of(chosen).map(Math::exp).sum();
        double[] out = new double[x.length];
        for (int e = 0; e < logits.length; e++) {
            if (logits[e] >= chosen[chosen.length - 1]) {
                double share = Math.exp(logits[e]) / total;
                add(
                        out,
                        DoubleStream.of(answer(layer.networks().get(e), x))
                                .map(value -> share * value)
                                .toArray());
            }
        }
        return out;
    }

    private double[] answer(Network network, double[] x) {
        double[] gate = multiply(network.gate(), x);
        double[] up = multiply(network.up(), x);
        for (int i = 0; i < gate.length; i++) {
            gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
        }
        return multiply(network.down(), gate);
    }

    private double[] attend(double[] query, double[][] keys, double[][] values, int position, int window) {
        int headDim = shape.headDim();
        double[] out = new double[shape.heads() * headDim];
        for (int head = 0; head < shape.heads(); head++) {
            int kvHead = head * shape.kvHeads() / shape.heads();
            double total = 0;
            for (int j = 0; j <= position; j++) {
                boolean seen = window == 0 || j > position - window;
                if (seen) {
                    double score = 0;
                    for (int d = 0; d < headDim; d++) {
                        score += query[head * headDim + d] * keys[j][kvHead * headDim + d];
                    }
                    double weight = Math.exp(score / Math.sqrt(headDim));
                    total += weight;
                    for (int d = 0; d < headDim; d++) {
                        out[head * headDim + d] += weight * values[j][kvHead * headDim + d];
                    }
                }
            }
            for (int d = 0; d < headDim; d++) {
                out[head * headDim + d] /= total;
            }
        }
        return out;
    }

    private double[] rotate(double[] heads, int position) {
        int headDim = shape.headDim();
        double[] out = new double[heads.length];
        for (int pair = 0; pair < heads.length / 2; pair++) {
            int head = pair / (headDim / 2) * headDim;
            int number = pair % (headDim / 2);
            double angle = position * Math.pow(shape.rotary().theta(), -2.0 * number / headDim);
            int first = head
                    + switch (shape.rotary().pairs()) {
                        case ADJACENT -> 2 * number;
                        case HALVES -> number;
                    };
            int second = first
                    + switch (shape.rotary().pairs()) {
                        case ADJACENT -> 1;
                        case HALVES -> headDim / 2;
                    };
            out[first] = heads[first] * Math.cos(angle) - heads[second] * Math.sin(angle);
            out[second] = heads[first] * Math.sin(angle) + heads[second] * Math.cos(angle);
        }
        return out;
    }

    private double[] normalize(double[] x, double[] weight) {
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        double scale = 1 / Math.sqrt(squares / x.length + shape.normEps());
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i] * scale * weight[i];
        }
        return out;
    }

    private double[] multiply(EncodedMatrix matrix, double[] x) {
        boolean round = roundsToInt8 && matrix.tensor().format().quantizesActivations();
        double[] input = round ? roundToInt8(x) : x;
        double[] out = new double[matrix.tensor().rows()];
        for (int row = 0; row < out.length; row++) {
            for (int i = 0; i < input.length; i++) {
                out[row] += matrix.value(row, i) * input[i];
            }
        }
        return out;
    }

    private static double[] roundToInt8(double[] x) {
        double[] out = new double[x.length];
        for (int block = 0; block < x.length; block += 32) {
            double largest = 0;
            for (int i = block; i < block + 32; i++) {
                largest = Math.max(largest, Math.abs(x[i]));
            }
            double scale = largest / 127;
            for (int i = block; i < block + 32; i++) {
                out[i] = scale == 0 ? 0 : scale * Math.signum(x[i]) * Math.floor(Math.abs(x[i]) / scale + 0.5);
            }
        }
        return out;
    }

    private static void add(double[] to, double[] values) {
        for (int i = 0; i < to.length; i++) {
            to[i] += values[i];
        }
    }
}
