package dev.sirocco.benchmarks.random;

import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.gguf.GgufWriter;
import dev.sirocco.tasks.matmul.WeightFormat;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A model of the {@code llama} architecture with random weights.
 *
 * <p>Embeddings have deviation 1 and matrices 1/√(columns), so that a normalised vector keeps its size; the matrices
 * that add to the residual stream are smaller by √(2·layers), so that the sum of all layers is of the size of the
 * embedding (the initialisation of GPT-2, section 2.3 of Radford et al., 2019).
 *
 * @param format type of all matrices; norms are F32
 * @param tied   without an output matrix, the embedding standing in for it
 */
public record RandomModel(ModelShape shape, WeightFormat format, long seed, boolean tied) {
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
        writer.put("general.architecture", GgufValue.of("llama"))
                .put("general.name", GgufValue.of("random weights, seed " + seed))
                .put("general.file_type", GgufValue.u32(BlockFiller.fileType(format)))
                .put("general.quantization_version", GgufValue.u32(QUANTIZATION_VERSION))
                .put("llama.vocab_size", GgufValue.u32(shape.vocab()))
                .put("llama.context_length", GgufValue.u32(shape.context()))
                .put("llama.embedding_length", GgufValue.u32(shape.dim()))
                .put("llama.block_count", GgufValue.u32(shape.layers()))
                .put("llama.feed_forward_length", GgufValue.u32(shape.ffn()))
                .put("llama.attention.head_count", GgufValue.u32(shape.heads()))
                .put("llama.attention.head_count_kv", GgufValue.u32(shape.kvHeads()))
                .put("llama.attention.key_length", GgufValue.u32(shape.headDim()))
                .put("llama.attention.value_length", GgufValue.u32(shape.headDim()))
                .put("llama.attention.layer_norm_rms_epsilon", GgufValue.f32(EPSILON))
                .put("llama.rope.dimension_count", GgufValue.u32(shape.headDim()))
                .put("llama.rope.freq_base", GgufValue.f32(shape.ropeTheta()));
        if (shape.window() > 0) {
            writer.put("llama.attention.sliding_window", GgufValue.u32(shape.window()));
        }
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
            add("token_embd.weight", format, 0, 1, dim, shape.vocab());
            for (int layer = 0; layer < shape.layers(); layer++) {
                String block = "blk." + layer + ".";
                norm(block + "attn_norm.weight");
                matrix(block + "attn_q.weight", queryRows, dim, 1);
                matrix(block + "attn_k.weight", keyRows, dim, 1);
                matrix(block + "attn_v.weight", keyRows, dim, 1);
                matrix(block + "attn_output.weight", dim, queryRows, residual);
                norm(block + "ffn_norm.weight");
                matrix(block + "ffn_gate.weight", shape.ffn(), dim, 1);
                matrix(block + "ffn_up.weight", shape.ffn(), dim, 1);
                matrix(block + "ffn_down.weight", dim, shape.ffn(), residual);
            }
            norm("output_norm.weight");
            if (!tied) {
                matrix("output.weight", shape.vocab(), dim, 1);
            }
        }

        private void norm(String name) {
            add(name, WeightFormat.F32, 1, NORM_DEVIATION, shape.dim());
        }

        private void matrix(String name, int rows, int columns, float gain) {
            add(name, format, 0, (float) (gain / Math.sqrt(columns)), columns, rows);
        }

        private void add(String name, WeightFormat type, float mean, float deviation, long... dims) {
            long weights = 1;
            for (long dim : dims) {
                weights *= dim;
            }
            writer.tensor(
                    name,
                    BlockFiller.type(type),
                    dims,
                    new RandomTensor(name, type, weights, mean, deviation, seed, pool, ahead));
        }
    }
}
