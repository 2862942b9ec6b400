package dev.sirocco.benchmarks.quality;

import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.gguf.GgufWriter;
import dev.sirocco.model.gguf.TensorSource;
import dev.sirocco.model.source.ModelSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An order of a model's inner units: the elements of the residual stream, of each layer's feed-forward network, and of
 * each value head. No output tells in which order they are, so that the model stays the same function of its tokens;
 * but other weights share a block, and quantization rounds all of them anew.
 */
final class UnitOrder {
    private static final Pattern BLOCK = Pattern.compile("blk\\.(\\d+)\\.(\\w+)\\.weight");
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int[] stream; // (dim)
    private final Layer[] layers;

    /**
     * @param inner  (ffn)
     * @param values (kvHeads · headDim), each head by itself
     * @param mixed  (heads · headDim), what attention makes of the values
     */
    private record Layer(int[] inner, int[] values, int[] mixed) {}

    /** Which column and row of the model's matrix are in each place; an empty one leaves them where they are. */
    private record Places(int[] columns, int[] rows) {
        private static final int[] SAME = {};
    }

    private UnitOrder(GgufMetadata model, SplittableRandom random) {
        int heads = number(model, "attention.head_count");
        int kvHeads = number(model, "attention.head_count_kv");
        int headDim = number(model, "attention.value_length");
        stream = shuffled(number(model, "embedding_length"), random);
        layers = new Layer[number(model, "block_count")];
        for (int layer = 0; layer < layers.length; layer++) {
            int[] values = new int[kvHeads * headDim];
            int[] mixed = new int[heads * headDim];
            for (int kvHead = 0; kvHead < kvHeads; kvHead++) {
                int[] elements = shuffled(headDim, random);
                place(elements, values, kvHead);
                for (int head = kvHead * heads / kvHeads; head < (kvHead + 1) * heads / kvHeads; head++) {
                    place(elements, mixed, head);
                }
            }
            layers[layer] = new Layer(shuffled(number(model, "feed_forward_length"), random), values, mixed);
        }
    }

    private static int number(GgufMetadata model, String key) {
        return model.getInt(model.getString("general.architecture") + "." + key);
    }

    private static int[] shuffled(int size, SplittableRandom random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    private static void place(int[] elements, int[] all, int head) {
        for (int i = 0; i < elements.length; i++) {
            all[head * elements.length + i] = head * elements.length + elements[i];
        }
    }

    /**
     * Writes a model with its units in an order drawn at random.
     *
     * @param from a model in F32
     * @throws IllegalArgumentException when it has tensors besides those of a plain model, such as experts
     */
    static void write(Path from, Path to, long seed) {
        try (ModelSource model = ModelSource.open(from)) {
            UnitOrder order = new UnitOrder(model.metadata(), new SplittableRandom(seed));
            GgufWriter writer = new GgufWriter();
            for (String key : model.metadata().keys()) {
                writer.put(key, model.metadata().get(key));
            }
            for (GgufTensor tensor : model.tensors()) {
                Places places = order.places(tensor.name());
                MemorySegment weights = model.view(tensor);
                writer.tensor(
                        tensor.name(),
                        GgmlType.F32,
                        tensor.dims().stream().mapToLong(Long::longValue).toArray(),
                        out -> TensorSource.of(moved(weights, Math.toIntExact(tensor.dim(0)), places))
                                .writeTo(out));
            }
            writer.write(to);
        }
    }

    private Places places(String name) {
        Matcher block = BLOCK.matcher(name);
        Layer layer = block.matches() ? layers[Integer.parseInt(block.group(1))] : null;
        return switch (layer == null ? name : block.group(2)) {
            case "token_embd.weight", "output_norm.weight", "output.weight" -> new Places(stream, Places.SAME);
            case "attn_norm", "ffn_norm", "attn_q", "attn_k" -> new Places(stream, Places.SAME);
            case "attn_v" -> new Places(stream, layer.values);
            case "attn_output" -> new Places(layer.mixed, stream);
            case "ffn_gate", "ffn_up" -> new Places(stream, layer.inner);
            case "ffn_down" -> new Places(layer.inner, stream);
            default ->
                throw new IllegalArgumentException("the tensor '" + name
                        + "' is none of a plain model, whose units have no order; use --orders 1");
        };
    }

    private static float[] moved(MemorySegment weights, int columns, Places places) {
        float[] moved = new float[(int) (weights.byteSize() / Float.BYTES)];
        for (int i = 0; i < moved.length; i++) {
            int row = i / columns;
            int from = places.rows.length == 0 ? row : places.rows[row];
            moved[i] = weights.getAtIndex(FLOAT, (long) from * columns + places.columns[i % columns]);
        }
        return moved;
    }
}
