package dev.sirocco.cli;

import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.gguf.GgufWriter;
import dev.sirocco.model.gguf.TensorSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A model with random weights, small enough for the reference device, and a vocabulary of bytes and a few letters. */
final class TinyModel {
    static final int CONTEXT = 64;
    static final int WINDOW = 24;
    static final int BOS = 1;
    static final int EOS = 2;
    static final List<String> PIECES = List.of("▁", "a", "b", "c", "ab", "▁a", "▁ab", "é");
    static final int VOCAB = 3 + 256 + PIECES.size();

    private static final int DIM = 32;
    private static final int LAYERS = 2;
    private static final int HEADS = 4;
    private static final int KV_HEADS = 2;
    private static final int HEAD_DIM = 8;
    private static final int FFN = 64;

    private final GgufWriter writer = new GgufWriter();
    private final SplittableRandom random = new SplittableRandom(7);

    private TinyModel() {}

    static Path writeTo(Path path) {
        TinyModel model = new TinyModel();
        model.putKeys();
        model.putVocabulary();
        model.addTensors();
        model.writer.write(path);
        return path;
    }

    private void putKeys() {
        writer.put("general.architecture", GgufValue.of("llama"))
                .put("general.name", GgufValue.of("tiny"))
                .put("llama.vocab_size", GgufValue.u32(VOCAB))
                .put("llama.context_length", GgufValue.u32(CONTEXT))
                .put("llama.embedding_length", GgufValue.u32(DIM))
                .put("llama.block_count", GgufValue.u32(LAYERS))
                .put("llama.feed_forward_length", GgufValue.u32(FFN))
                .put("llama.attention.head_count", GgufValue.u32(HEADS))
                .put("llama.attention.head_count_kv", GgufValue.u32(KV_HEADS))
                .put("llama.attention.key_length", GgufValue.u32(HEAD_DIM))
                .put("llama.attention.value_length", GgufValue.u32(HEAD_DIM))
                .put("llama.attention.layer_norm_rms_epsilon", GgufValue.f32(1e-5f))
                .put("llama.attention.sliding_window", GgufValue.u32(WINDOW))
                .put("llama.rope.dimension_count", GgufValue.u32(HEAD_DIM))
                .put("llama.rope.freq_base", GgufValue.f32(1e4f));
    }

    private void putVocabulary() {
        List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
        for (int value = 0; value < 256; value++) {
            tokens.add("<0x%02X>".formatted(value));
        }
        tokens.addAll(PIECES);
        float[] scores = new float[VOCAB];
        int[] types = new int[VOCAB];
        for (int id = 0; id < VOCAB; id++) {
            scores[id] = -id;
            types[id] = id == 0 ? 2 : id < 3 ? 3 : id < 259 ? 6 : 1;
        }
        writer.put("tokenizer.ggml.model", GgufValue.of("llama"))
                .put("tokenizer.ggml.tokens", GgufValue.strings(tokens))
                .put("tokenizer.ggml.scores", GgufValue.f32s(scores))
                .put("tokenizer.ggml.token_type", GgufValue.i32s(types))
                .put("tokenizer.ggml.unknown_token_id", GgufValue.u32(0))
                .put("tokenizer.ggml.bos_token_id", GgufValue.u32(BOS))
                .put("tokenizer.ggml.eos_token_id", GgufValue.u32(EOS))
                .put("tokenizer.ggml.add_bos_token", GgufValue.of(true));
    }

    private void addTensors() {
        add("token_embd.weight", DIM, VOCAB);
        for (int layer = 0; layer < LAYERS; layer++) {
            String block = "blk." + layer + ".";
            add(block + "attn_norm.weight", DIM);
            add(block + "attn_q.weight", DIM, HEADS * HEAD_DIM);
            add(block + "attn_k.weight", DIM, KV_HEADS * HEAD_DIM);
            add(block + "attn_v.weight", DIM, KV_HEADS * HEAD_DIM);
            add(block + "attn_output.weight", HEADS * HEAD_DIM, DIM);
            add(block + "ffn_norm.weight", DIM);
            add(block + "ffn_gate.weight", DIM, FFN);
            add(block + "ffn_up.weight", DIM, FFN);
            add(block + "ffn_down.weight", FFN, DIM);
        }
        add("output_norm.weight", DIM);
        add("output.weight", DIM, VOCAB);
    }

    private void add(String name, long... dims) {
        int size = 1;
        for (long dim : dims) {
            size *= (int) dim;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = dims.length == 1 ? 1 : (float) (random.nextGaussian() / Math.sqrt(dims[0]));
        }
        writer.tensor(name, GgmlType.F32, dims, TensorSource.of(values));
    }
}
