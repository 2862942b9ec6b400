package dev.sirocco.tasks.graph;

import dev.sirocco.tasks.Samples;
import dev.sirocco.tasks.matmul.EncodedMatrix;
import dev.sirocco.tasks.matmul.WeightFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A model with seeded random weights, as the kernels read them and as the reference does. Every product keeps the
 * magnitude of its input, so that neither the residual stream nor the logits degenerate.
 *
 * @param shape     the model's numbers
 * @param weights   for a {@link DecoderPlan}
 * @param reference for a {@link ReferenceTransformer}
 */
public record RandomModel(TransformerShape shape, ModelWeights weights, ReferenceTransformer.Weights reference) {

    /** {@return a model of which all matrices have one format} */
    public static RandomModel of(TransformerShape shape, WeightFormat format, long seed) {
        return of(shape, name -> format, false, seed);
    }

    /**
     * {@return a model}
     *
     * @param shape   its numbers; columns of a matrix must be whole blocks of its format
     * @param formats chooses a format by the tensor's GGUF name, such as {@code blk.0.attn_q.weight}
     * @param tied    whether the output matrix is the embedding
     * @param seed    equal seeds give equal models
     */
    public static RandomModel of(
            TransformerShape shape, Function<String, WeightFormat> formats, boolean tied, long seed) {
        RandomGenerator seeds = Samples.random(seed);
        EncodedMatrix embedding = EncodedMatrix.random(
                "token_embd.weight",
                formats.apply("token_embd.weight"),
                shape.vocab(),
                shape.dim(),
                1,
                seeds.nextLong());
        List<LayerWeights> layers = new ArrayList<>();
        List<ReferenceTransformer.Layer> referenceLayers = new ArrayList<>();
        for (int i = 0; i < shape.layers(); i++) {
            FloatArray attentionNorm = norm(shape.dim(), seeds.nextLong());
            EncodedMatrix query = matrix(formats, i, "attn_q", shape.queryDim(), shape.dim(), seeds);
            EncodedMatrix key = matrix(formats, i, "attn_k", shape.kvDim(), shape.dim(), seeds);
            EncodedMatrix value = matrix(formats, i, "attn_v", shape.kvDim(), shape.dim(), seeds);
            EncodedMatrix output = matrix(formats, i, "attn_output", shape.dim(), shape.queryDim(), seeds);
            FloatArray ffnNorm = norm(shape.dim(), seeds.nextLong());
            int experts = shape.experts().count();
            List<ReferenceTransformer.Network> networks = new ArrayList<>();
            for (int e = 0; e < Math.max(1, experts); e++) {
                String suffix = experts == 0 ? "" : "." + e;
                networks.add(new ReferenceTransformer.Network(
                        matrix(formats, i, "ffn_gate" + suffix, shape.ffnDim(), shape.dim(), seeds),
                        matrix(formats, i, "ffn_up" + suffix, shape.ffnDim(), shape.dim(), seeds),
                        matrix(formats, i, "ffn_down" + suffix, shape.dim(), shape.ffnDim(), seeds)));
            }
            Optional<EncodedMatrix> router = experts == 0
                    ? Optional.empty()
                    : Optional.of(matrix(formats, i, "ffn_gate_inp", experts, shape.dim(), seeds));
            layers.add(new LayerWeights(
                    attentionNorm,
                    query.tensor(),
                    key.tensor(),
                    value.tensor(),
                    output.tensor(),
                    ffnNorm,
                    networks.stream()
                            .map(each -> new GatedWeights(
                                    each.gate().tensor(),
                                    each.up().tensor(),
                                    each.down().tensor()))
                            .toList(),
                    router.map(EncodedMatrix::tensor)));
            referenceLayers.add(new ReferenceTransformer.Layer(
                    Samples.doubles(attentionNorm),
                    query,
                    key,
                    value,
                    output,
                    Samples.doubles(ffnNorm),
                    networks,
                    router));
        }
        FloatArray outputNorm = norm(shape.dim(), seeds.nextLong());
        EncodedMatrix output = tied
                ? embedding
                : EncodedMatrix.random(
                        "output.weight",
                        formats.apply("output.weight"),
                        shape.vocab(),
                        shape.dim(),
                        1 / Math.sqrt(shape.dim()),
                        seeds.nextLong());
        return new RandomModel(
                shape,
                new ModelWeights(embedding.tensor(), layers, outputNorm, output.tensor()),
                new ReferenceTransformer.Weights(embedding, referenceLayers, Samples.doubles(outputNorm), output));
    }

    /** {@return a sequence of random tokens} */
    public int[] tokens(int length, long seed) {
        RandomGenerator random = Samples.random(seed);
        return random.ints(length, 0, shape.vocab()).toArray();
    }

    private static EncodedMatrix matrix(
            Function<String, WeightFormat> formats, int layer, String part, int rows, int cols, RandomGenerator seeds) {
        String name = "blk." + layer + "." + part + ".weight";
        return EncodedMatrix.random(name, formats.apply(name), rows, cols, 1 / Math.sqrt(cols), seeds.nextLong());
    }

    private static FloatArray norm(int dim, long seed) {
        FloatArray weights = Samples.gaussian(dim, seed);
        for (int i = 0; i < dim; i++) {
            weights.set(i, 1f + 0.2f * weights.get(i));
        }
        return weights;
    }
}
