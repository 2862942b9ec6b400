package dev.sirocco.benchmarks.random;

import static dev.sirocco.benchmarks.random.ModelShape.EXPERTS;

import dev.sirocco.benchmarks.random.ModelShape.Member;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.gguf.GgufWriter;
import dev.sirocco.tasks.matmul.WeightFormat;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;

/**
 * A model of the {@code llama} architecture with random weights.
 *
 * <p>Embeddings have deviation 1 and matrices 1/√(columns), so that a normalised vector keeps its size; the matrices
 * that add to the residual stream are smaller by √(2·layers), so that the sum of all layers is of the size of the
 * embedding (the initialisation of GPT-2, section 2.3 of Radford et al., 2019).
 *
 * @param type of the matrices; norms are F32
 * @param tied   without an output matrix, the embedding standing in for it
 */
public record RandomModel(ModelShape shape, ModelType type, long seed, boolean tied) {
    private static final float EPSILON = 1e-5f;
    private static final float NORM_DEVIATION = 0.1f;
    private static final long QUANTIZATION_VERSION = 2;

    /**
     * Writes the file, replacing one of that name.
     *
     * @param threads that draw weights, at least 1
     * @throws dev.sirocco.model.gguf.GgufException when it cannot be written
     * @throws IllegalArgumentException             when the type's blocks do not fit the shape
     */
    public void write(Path path, int threads) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            GgufWriter writer = new GgufWriter();
            putKeys(writer);
            new Tensors(writer, pool, 2 * threads).addAll();
            writer.write(path);
        }
    }

    private void putKeys(GgufWriter writer) {
        String architecture = shape.member() == Member.MISTRAL3 ? "mistral3" : "llama";
        writer.put("general.architecture", GgufValue.of(architecture))
                .put("general.name", GgufValue.of("random weights, seed " + seed))
                .put("general.file_type", GgufValue.u32(type.fileType()))
                .put("general.quantization_version", GgufValue.u32(QUANTIZATION_VERSION));
        Map<String, GgufValue> keys = new LinkedHashMap<>();
        keys.put("vocab_size", GgufValue.u32(shape.vocab()));
        keys.put("context_length", GgufValue.u32(shape.context()));
        keys.put("embedding_length", GgufValue.u32(shape.dim()));
        keys.put("block_count", GgufValue.u32(shape.layers()));
        keys.put("feed_forward_length", GgufValue.u32(shape.ffn()));
        keys.put("attention.head_count", GgufValue.u32(shape.heads()));
        keys.put("attention.head_count_kv", GgufValue.u32(shape.kvHeads()));
        keys.put("attention.key_length", GgufValue.u32(shape.headDim()));
        keys.put("attention.value_length", GgufValue.u32(shape.headDim()));
        keys.put("attention.layer_norm_rms_epsilon", GgufValue.f32(EPSILON));
        keys.put("rope.dimension_count", GgufValue.u32(shape.headDim()));
        keys.put("rope.freq_base", GgufValue.f32(shape.ropeTheta()));
        putMember(keys);
        keys.forEach((name, value) -> writer.put(architecture + "." + name, value));
        SyntheticVocabulary vocabulary = new SyntheticVocabulary(shape.vocab(), new SplittableRandom(seed));
        writer.put("tokenizer.ggml.model", GgufValue.of("llama"))
                .put("tokenizer.ggml.tokens", GgufValue.strings(vocabulary.pieces()))
                .put("tokenizer.ggml.scores", GgufValue.f32s(vocabulary.scores()))
                .put("tokenizer.ggml.token_type", GgufValue.i32s(vocabulary.types()))
                .put("tokenizer.ggml.unknown_token_id", GgufValue.u32(SyntheticVocabulary.UNKNOWN_ID))
                .put("tokenizer.ggml.bos_token_id", GgufValue.u32(SyntheticVocabulary.BEGIN_ID))
                .put("tokenizer.ggml.eos_token_id", GgufValue.u32(SyntheticVocabulary.END_ID))
                .put("tokenizer.ggml.add_bos_token", GgufValue.of(true))
                .put("tokenizer.ggml.add_eos_token", GgufValue.of(false))
                .put("tokenizer.ggml.add_space_prefix", GgufValue.of(true));
    }

    private void putMember(Map<String, GgufValue> keys) {
        switch (shape.member()) {
            case PLAIN -> {
                if (shape.window() > 0) {
                    keys.put("attention.sliding_window", GgufValue.u32(shape.window()));
                }
            }
            case MIXTURE -> {
                keys.put("expert_count", GgufValue.u32(ModelShape.EXPERTS));
                keys.put("expert_used_count", GgufValue.u32(2));
            }
            case INTERLEAVED ->
                keys.put("attention.sliding_window", GgufValue.i32s(0, shape.window(), shape.window(), shape.window()));
            case MISTRAL3 -> {
                keys.put("rope.scaling.type", GgufValue.of("yarn"));
                keys.put("rope.scaling.factor", GgufValue.f32(16));
                keys.put("rope.scaling.original_context_length", GgufValue.u32(shape.context() / 16));
                keys.put("rope.scaling.yarn_beta_fast", GgufValue.f32(32));
                keys.put("rope.scaling.yarn_beta_slow", GgufValue.f32(1));
                keys.put("rope.scaling.yarn_log_multiplier", GgufValue.f32(1));
                keys.put("attention.temperature_scale", GgufValue.f32(0.1f));
            }
        }
    }

    /** Names the tensors; they are drawn when the file is written. */
    private final class Tensors {
        private final GgufWriter writer;
        private final ExecutorService pool;
        private final int ahead;

        Tensors(GgufWriter writer, ExecutorService pool, int ahead) {
            this.writer = writer;
            this.pool = pool;
            this.ahead = ahead;
        }

        void addAll() {
            int dim = shape.dim();
            int queryRows = shape.heads() * shape.headDim();
            int keyRows = shape.kvHeads() * shape.headDim();
            float residual = (float) (1 / Math.sqrt(2.0 * shape.layers()));
            add("token_embd.weight", type.format("token_embd.weight"), 0, 1, dim, shape.vocab());
            for (int layer = 0; layer < shape.layers(); layer++) {
                String block = "blk." + layer + ".";
                norm(block + "attn_norm.weight");
                matrix(layer, "attn_q", queryRows, dim, 1);
                matrix(layer, "attn_k", keyRows, dim, 1);
                matrix(layer, "attn_v", keyRows, dim, 1);
                matrix(layer, "attn_output", dim, queryRows, residual);
                norm(block + "ffn_norm.weight");
                if (shape.member() == Member.MIXTURE) {
                    add(block + "ffn_gate_inp.weight", WeightFormat.F32, 0, (float) (1 / Math.sqrt(dim)), dim, EXPERTS);
                    matrix(layer, "ffn_gate_exps", shape.ffn(), dim, 1, EXPERTS);
                    matrix(layer, "ffn_up_exps", shape.ffn(), dim, 1, EXPERTS);
                    matrix(layer, "ffn_down_exps", dim, shape.ffn(), residual, EXPERTS);
                } else {
                    matrix(layer, "ffn_gate", shape.ffn(), dim, 1);
                    matrix(layer, "ffn_up", shape.ffn(), dim, 1);
                    matrix(layer, "ffn_down", dim, shape.ffn(), residual);
                }
            }
            norm("output_norm.weight");
            if (!tied) {
                add("output.weight", type.format("output.weight"), 0, (float) (1 / Math.sqrt(dim)), dim, shape.vocab());
            }
        }

        private void norm(String name) {
            add(name, WeightFormat.F32, 1, NORM_DEVIATION, shape.dim());
        }

        /** @param several how many matrices, when the tensor has more than one */
        private void matrix(int layer, String part, int rows, int columns, float gain, long... several) {
            WeightFormat format = type.format(part, layer, shape.layers());
            long[] dims = LongStream.concat(LongStream.of(columns, rows), LongStream.of(several))
                    .toArray();
            add("blk." + layer + "." + part + ".weight", format, 0, (float) (gain / Math.sqrt(columns)), dims);
        }

        private void add(String name, WeightFormat format, float mean, float deviation, long... dims) {
            long weights = 1;
            for (long dim : dims) {
                weights *= dim;
            }
            writer.tensor(
                    name,
                    GgmlType.ofId(format.code()).orElseThrow(),
                    dims,
                    new RandomTensor(name, format, weights, mean, deviation, seed, pool, ahead));
        }
    }
}
