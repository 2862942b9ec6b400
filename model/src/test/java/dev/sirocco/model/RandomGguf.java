package dev.sirocco.model;

import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.gguf.GgufWriter;
import dev.sirocco.model.gguf.TensorSource;
import dev.sirocco.testing.RandomBlock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Writes model files with seeded random weights and a small vocabulary with byte tokens. Keys and tensors are the ones
 * that llama.cpp's converter writes; a test may change any of them before writing.
 */
public final class RandomGguf {
    /** Three special tokens and the bytes. */
    private static final int FIRST_PIECE = 259;

    private final Map<String, GgufValue> keys = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private record Tensor(GgmlType type, long[] dims, byte[] bytes) {}

    /**
     * The numbers of a model.
     *
     * @param window 0 for none
     */
    public record Shape(
            int dim,
            int layers,
            int heads,
            int kvHeads,
            int headDim,
            int ffnDim,
            int vocab,
            int window,
            float theta,
            int context) {
        /** heads × headDim = 60 ≠ dim, three query heads to a key head, nothing a multiple of a vector's width. */
        public static final Shape ODD = new Shape(36, 3, 6, 2, 10, 50, 301, 5, 1e4f, 128);

        /** heads × headDim = 96 ≠ dim, one key head; rows are whole blocks. */
        public static final Shape BLOCKS = new Shape(64, 3, 3, 1, 32, 160, 290, 5, 1e6f, 128);

        /** heads × headDim = 512 ≠ dim; rows are whole blocks of 256. */
        public static final Shape LARGE_BLOCKS = new Shape(256, 2, 4, 2, 128, 512, 290, 5, 1e6f, 128);

        public Shape withWindow(int value) {
            return new Shape(dim, layers, heads, kvHeads, headDim, ffnDim, vocab, value, theta, context);
        }
    }

    /** Makes a model whose matrices are all of one type. */
    public RandomGguf(Shape shape, GgmlType type, long seed) {
        this(shape, _ -> type, seed);
    }

    /** Makes a model; {@code types} chooses the type of a matrix by its name. */
    public RandomGguf(Shape shape, Function<String, GgmlType> types, long seed) {
        key("general.architecture", GgufValue.of("llama"));
        key("general.name", GgufValue.of("random"));
        key("llama.embedding_length", GgufValue.u32(shape.dim()));
        key("llama.block_count", GgufValue.u32(shape.layers()));
        key("llama.attention.head_count", GgufValue.u32(shape.heads()));
        key("llama.attention.head_count_kv", GgufValue.u32(shape.kvHeads()));
        key("llama.attention.key_length", GgufValue.u32(shape.headDim()));
        key("llama.attention.value_length", GgufValue.u32(shape.headDim()));
        key("llama.rope.dimension_count", GgufValue.u32(shape.headDim()));
        key("llama.rope.freq_base", GgufValue.f32(shape.theta()));
        key("llama.feed_forward_length", GgufValue.u32(shape.ffnDim()));
        key("llama.vocab_size", GgufValue.u32(shape.vocab()));
        key("llama.context_length", GgufValue.u32(shape.context()));
        key("llama.attention.layer_norm_rms_epsilon", GgufValue.f32(1e-5f));
        if (shape.window() > 0) {
            key("llama.attention.sliding_window", GgufValue.u32(shape.window()));
        }
        vocabulary(shape.vocab());
        SplittableRandom random = new SplittableRandom(seed);
        int dim = shape.dim();
        int queryDim = shape.heads() * shape.headDim();
        int kvDim = shape.kvHeads() * shape.headDim();
        matrix("token_embd.weight", types, shape.vocab(), dim, 1, random);
        for (int i = 0; i < shape.layers(); i++) {
            String block = "blk." + i + ".";
            norm(block + "attn_norm.weight", dim, random);
            matrix(block + "attn_q.weight", types, queryDim, dim, random);
            matrix(block + "attn_k.weight", types, kvDim, dim, random);
            matrix(block + "attn_v.weight", types, kvDim, dim, random);
            matrix(block + "attn_output.weight", types, dim, queryDim, random);
            norm(block + "ffn_norm.weight", dim, random);
            matrix(block + "ffn_gate.weight", types, shape.ffnDim(), dim, random);
            matrix(block + "ffn_up.weight", types, shape.ffnDim(), dim, random);
            matrix(block + "ffn_down.weight", types, dim, shape.ffnDim(), random);
        }
        norm("output_norm.weight", dim, random);
        matrix("output.weight", types, shape.vocab(), dim, random);
    }

    /** Sets a key, or removes it when the value is null. */
    public RandomGguf key(String name, GgufValue value) {
        if (value == null) {
            keys.remove(name);
        } else {
            keys.put(name, value);
        }
        return this;
    }

    /** Makes the keys those of another architecture. */
    public RandomGguf architecture(String name) {
        String old = ((GgufValue.Text) keys.get("general.architecture")).value();
        Map<String, GgufValue> renamed = new LinkedHashMap<>();
        keys.forEach((key, value) ->
                renamed.put(key.startsWith(old + ".") ? name + key.substring(old.length()) : key, value));
        keys.clear();
        keys.putAll(renamed);
        return key("general.architecture", GgufValue.of(name));
    }

    /**
     * Gives every block experts in place of its feed-forward network.
     *
     * @param chosen   experts that a token uses
     * @param together whether the experts' matrices are one tensor, or one each as in the first files of this kind
     */
    public RandomGguf experts(int count, int chosen, boolean together) {
        SplittableRandom random = new SplittableRandom(count);
        key("llama.expert_count", GgufValue.u32(count)).key("llama.expert_used_count", GgufValue.u32(chosen));
        int dim = (int) tensors.get("token_embd.weight").dims()[0];
        for (int i = 0; tensors.containsKey("blk." + i + ".ffn_norm.weight"); i++) {
            matrix("blk." + i + ".ffn_gate_inp.weight", _ -> GgmlType.F32, count, dim, 2 / Math.sqrt(dim), random);
            for (String part : List.of("ffn_gate", "ffn_up", "ffn_down")) {
                Tensor dense = tensors.remove("blk." + i + "." + part + ".weight");
                int cols = (int) dense.dims()[0];
                int rows = (int) dense.dims()[1];
                ByteBuffer all = ByteBuffer.allocate(count * dense.bytes().length);
                for (int expert = 0; expert < count; expert++) {
                    String name = "blk." + i + "." + part + "." + expert + ".weight";
                    matrix(name, _ -> dense.type(), rows, cols, random);
                    if (together) {
                        all.put(tensors.remove(name).bytes());
                    }
                }
                if (together) {
                    tensors.put(
                            "blk." + i + "." + part + "_exps.weight",
                            new Tensor(dense.type(), new long[] {cols, rows, count}, all.array()));
                }
            }
        }
        return this;
    }

    /** Adds or replaces a tensor of zeroes. */
    public RandomGguf zeroes(String name, GgmlType type, long... dims) {
        List<Long> boxed = Arrays.stream(dims).boxed().toList();
        tensors.put(name, new Tensor(type, dims, new byte[Math.toIntExact(type.sizeBytes(boxed))]));
        return this;
    }

    /** Makes every element of an F32 tensor infinite. */
    public RandomGguf infinite(String name) {
        ByteBuffer bytes = ByteBuffer.wrap(tensors.get(name).bytes()).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putFloat(Float.POSITIVE_INFINITY);
        }
        return this;
    }

    public RandomGguf without(String tensor) {
        tensors.remove(tensor);
        return this;
    }

    public Path write(Path file) {
        GgufWriter writer = new GgufWriter();
        keys.forEach(writer::put);
        tensors.forEach(
                (name, tensor) -> writer.tensor(name, tensor.type(), tensor.dims(), TensorSource.of(tensor.bytes())));
        writer.write(file);
        return file;
    }

    private void vocabulary(int size) {
        List<String> pieces = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
        int[] types = new int[size];
        float[] scores = new float[size];
        for (int value = 0; value < 256; value++) {
            pieces.add("<0x%02X>".formatted(value));
        }
        for (int id = FIRST_PIECE; id < size; id++) {
            pieces.add(id % 2 == 0 ? "w" + id : "\u2581w" + id);
            scores[id] = FIRST_PIECE - id;
        }
        for (int id = 0; id < size; id++) {
            types[id] = id == 0 ? 2 : id < 3 ? 3 : id < FIRST_PIECE ? 6 : 1;
        }
        key("tokenizer.ggml.model", GgufValue.of("llama"));
        key("tokenizer.ggml.tokens", GgufValue.strings(pieces));
        key("tokenizer.ggml.scores", GgufValue.f32s(scores));
        key("tokenizer.ggml.token_type", GgufValue.i32s(types));
        key("tokenizer.ggml.bos_token_id", GgufValue.u32(1));
        key("tokenizer.ggml.eos_token_id", GgufValue.u32(2));
    }

    private void norm(String name, int size, SplittableRandom random) {
        ByteBuffer bytes = little(size * Float.BYTES);
        for (int i = 0; i < size; i++) {
            bytes.putFloat((float) (1 + 0.2 * random.nextGaussian()));
        }
        tensors.put(name, new Tensor(GgmlType.F32, new long[] {size}, bytes.array()));
    }

    private void matrix(String name, Function<String, GgmlType> types, int rows, int cols, SplittableRandom random) {
        matrix(name, types, rows, cols, 1 / Math.sqrt(cols), random);
    }

    private void matrix(
            String name,
            Function<String, GgmlType> types,
            int rows,
            int cols,
            double deviation,
            SplittableRandom random) {
        GgmlType type = types.apply(name);
        ByteBuffer bytes = little(Math.toIntExact(type.sizeBytes(List.of((long) cols, (long) rows))));
        while (bytes.hasRemaining()) {
            switch (type) {
                case F32 -> bytes.putFloat((float) (deviation * random.nextGaussian()));
                case F16 -> bytes.putShort(Float.floatToFloat16((float) (deviation * random.nextGaussian())));
                case BF16 ->
                    bytes.putShort((short) (Float.floatToIntBits((float) (deviation * random.nextGaussian())) >> 16));
                default ->
                    bytes.put(RandomBlock.of(type.name(), type.blockSize(), type.blockBytes(), deviation, random));
            }
        }
        tensors.put(name, new Tensor(type, new long[] {cols, rows}, bytes.array()));
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
