package dev.sirocco.model;

import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.source.ModelSource;
import dev.sirocco.model.tokenizer.SentencePieceBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes the model of a GGUF file as transformers or Mistral would have published it. */
public final class PublishedFolder {
    private static final List<Map.Entry<String, String>> HUGGING_FACE = List.of(
            Map.entry("token_embd", "model.embed_tokens"),
            Map.entry("output_norm", "model.norm"),
            Map.entry("blk.", "model.layers."),
            Map.entry("attn_norm", "input_layernorm"),
            Map.entry("ffn_norm", "post_attention_layernorm"),
            Map.entry("attn_output", "self_attn.o_proj"),
            Map.entry("attn_q", "self_attn.q_proj"),
            Map.entry("attn_k", "self_attn.k_proj"),
            Map.entry("attn_v", "self_attn.v_proj"),
            Map.entry("ffn_gate", "mlp.gate_proj"),
            Map.entry("ffn_up", "mlp.up_proj"),
            Map.entry("ffn_down", "mlp.down_proj"),
            Map.entry("output.weight", "lm_head.weight"));

    private static final List<Map.Entry<String, String>> MISTRAL = List.of(
            Map.entry("token_embd", "tok_embeddings"),
            Map.entry("output_norm", "norm"),
            Map.entry("blk.", "layers."),
            Map.entry("attn_norm", "attention_norm"),
            Map.entry("attn_output", "attention.wo"),
            Map.entry("attn_q", "attention.wq"),
            Map.entry("attn_k", "attention.wk"),
            Map.entry("attn_v", "attention.wv"),
            Map.entry("ffn_gate", "feed_forward.w1"),
            Map.entry("ffn_up", "feed_forward.w3"),
            Map.entry("ffn_down", "feed_forward.w2"));

    private PublishedFolder() {}

    /** Two shards, an index and {@code config.json}; heads are rotated by halves. */
    public static Path likeHuggingFace(Path gguf, Path folder) {
        try (ModelSource source = ModelSource.open(gguf)) {
            GgufMetadata keys = source.metadata();
            int headDim = keys.getInt("llama.attention.key_length");
            SafetensorsBytes[] shards = {new SafetensorsBytes(), new SafetensorsBytes()};
            StringBuilder index = new StringBuilder("{\"metadata\":{},\"weight_map\":{");
            int count = 0;
            for (GgufTensor tensor : source.tensors()) {
                byte[] bytes = source.view(tensor).toArray(ValueLayout.JAVA_BYTE);
                boolean rotated = tensor.name().matches("blk\\.\\d+\\.attn_[qk]\\.weight");
                int shard = count % 2;
                add(
                        shards[shard],
                        renamed(tensor, HUGGING_FACE),
                        tensor,
                        rotated ? halves(tensor, bytes, headDim) : bytes);
                index.append(count++ == 0 ? "" : ",")
                        .append("\"%s\":\"model-0000%d-of-00002.safetensors\""
                                .formatted(renamed(tensor, HUGGING_FACE), shard + 1));
            }
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("model.safetensors.index.json"), index + "}}");
            shards[0].write(folder.resolve("model-00001-of-00002.safetensors"));
            shards[1].write(folder.resolve("model-00002-of-00002.safetensors"));
            Files.writeString(folder.resolve("config.json"), """
                    {"model_type":"mistral","hidden_size":%d,"num_hidden_layers":%d,"num_attention_heads":%d,
                     "num_key_value_heads":%d,"head_dim":%d,"intermediate_size":%d,"vocab_size":%d,
                     "max_position_embeddings":%d,"rms_norm_eps":1e-05,"rope_theta":%s,"sliding_window":%s,
                     "tie_word_embeddings":%s}""".formatted(numbers(keys, source)));
            Files.write(folder.resolve("tokenizer.model"), SentencePieceBytes.of(keys));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One file and {@code params.json}; heads are rotated in adjacent pairs. */
    public static Path likeMistral(Path gguf, Path folder) {
        try (ModelSource source = ModelSource.open(gguf)) {
            SafetensorsBytes file = new SafetensorsBytes();
            for (GgufTensor tensor : source.tensors()) {
                add(file, renamed(tensor, MISTRAL), tensor, source.view(tensor).toArray(ValueLayout.JAVA_BYTE));
            }
            Files.createDirectories(folder);
            file.write(folder.resolve("consolidated.safetensors"));
            Files.writeString(folder.resolve("params.json"), """
                    {"dim":%d,"n_layers":%d,"n_heads":%d,"n_kv_heads":%d,"head_dim":%d,"hidden_dim":%d,"vocab_size":%d,
                     "max_seq_len":%d,"norm_eps":1e-05,"rope_theta":%s,"sliding_window":%s,
                     "tied_embeddings":%s}""".formatted(numbers(source.metadata(), source)));
            Files.write(folder.resolve("tokenizer.model"), SentencePieceBytes.of(source.metadata()));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object[] numbers(GgufMetadata keys, ModelSource source) {
        int window = keys.getInt("llama.attention.sliding_window", 0);
        return new Object[] {
            keys.getInt("llama.embedding_length"),
            keys.getInt("llama.block_count"),
            keys.getInt("llama.attention.head_count"),
            keys.getInt("llama.attention.head_count_kv"),
            keys.getInt("llama.attention.key_length"),
            keys.getInt("llama.feed_forward_length"),
            keys.getInt("llama.vocab_size"),
            keys.getInt("llama.context_length"),
            keys.getFloat("llama.rope.freq_base"),
            window == 0 ? "null" : window,
            source.find("output.weight").isEmpty()
        };
    }

    private static String renamed(GgufTensor tensor, List<Map.Entry<String, String>> parts) {
        String name = tensor.name();
        for (Map.Entry<String, String> part : parts) {
            name = name.startsWith("output.") && !part.getKey().equals("output.weight")
                    ? name
                    : name.replace(part.getKey(), part.getValue());
        }
        return name;
    }

    private static void add(SafetensorsBytes file, String name, GgufTensor tensor, byte[] bytes) {
        long[] shape =
                tensor.dims().reversed().stream().mapToLong(Long::longValue).toArray();
        file.tensor(name, tensor.type() == GgmlType.F16 ? "F16" : tensor.type().name(), bytes, shape);
    }

    /** {@return rows 2i + c of each head moved to c · headDim/2 + i} */
    private static byte[] halves(GgufTensor tensor, byte[] bytes, int headDim) {
        int rows = Math.toIntExact(tensor.dim(1));
        int rowBytes = bytes.length / rows;
        ByteBuffer moved = ByteBuffer.allocate(bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int head = 0; head < rows; head += headDim) {
            for (int c = 0; c < 2; c++) {
                for (int i = 0; i < headDim / 2; i++) {
                    moved.put(bytes, (head + 2 * i + c) * rowBytes, rowBytes);
                }
            }
        }
        return moved.array();
    }
}
