package dev.sirocco.model;

import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufFile;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The forward pass of a model file in double precision, from the bytes of the file to logits, sharing nothing with the
 * code under test but the reader of the file. Every position attends to all that its window shows: no cache, no chunks.
 */
public final class Float64Model {
    private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort F16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final boolean roundsActivations;
    private final int layers;
    private final int heads;
    private final int kvHeads;
    private final int headDim;
    private final int window;
    private final double theta;
    private final double eps;
    private final Map<String, double[][]> matrices = new HashMap<>(); // [rows][cols]
    private final Map<String, Boolean> quantized = new HashMap<>();

    /**
     * @param roundsActivations whether inputs of products with quantised weights are rounded to int8, 32 to a scale,
     *                          as the kernels do
     */
    public Float64Model(Path path, boolean roundsActivations) {
        this.roundsActivations = roundsActivations;
        try (GgufFile file = GgufFile.open(path)) {
            GgufMetadata keys = file.metadata();
            layers = keys.getInt("llama.block_count");
            heads = keys.getInt("llama.attention.head_count");
            kvHeads = keys.getInt("llama.attention.head_count_kv");
            headDim = keys.getInt("llama.attention.key_length");
            window = keys.getInt("llama.attention.sliding_window", Integer.MAX_VALUE);
            theta = keys.getFloat("llama.rope.freq_base");
            eps = keys.getFloat("llama.attention.layer_norm_rms_epsilon");
            for (GgufTensor tensor : file.tensors()) {
                matrices.put(tensor.name(), decode(tensor, file.view(tensor)));
                quantized.put(tensor.name(), tensor.type().isQuantized());
            }
        }
    }

    private static double[][] decode(GgufTensor tensor, MemorySegment bytes) {
        int cols = Math.toIntExact(tensor.dim(0));
        double[][] matrix = new double[Math.toIntExact(tensor.dim(1))][cols];
        for (int i = 0; i < matrix.length * cols; i++) {
            matrix[i / cols][i % cols] = weight(tensor.type(), bytes, i);
        }
        return matrix;
    }

    private static double weight(GgmlType type, MemorySegment bytes, int index) {
        long block = (long) (index / 32) * type.blockBytes();
        int inBlock = index % 32;
        return switch (type) {
            case F32 -> bytes.get(F32, 4L * index);
            case F16 -> Float.float16ToFloat(bytes.get(F16, 2L * index));
            case Q8_0 ->
                Float.float16ToFloat(bytes.get(F16, block))
                        * (double) bytes.get(ValueLayout.JAVA_BYTE, block + 2 + inBlock);
            case Q4_0 -> {
                int pair = bytes.get(ValueLayout.JAVA_BYTE, block + 2 + inBlock % 16);
                int nibble = inBlock < 16 ? pair & 15 : pair >> 4 & 15;
                yield Float.float16ToFloat(bytes.get(F16, block)) * (double) (nibble - 8);
            }
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    /** {@return the logits after each token: [tokens][vocab]} */
    public double[][] logits(int[] tokens) {
        double[][] hidden = new double[tokens.length][];
        for (int t = 0; t < tokens.length; t++) {
            hidden[t] = matrices.get("token_embd.weight")[tokens[t]].clone();
        }
        for (int layer = 0; layer < layers; layer++) {
            attention("blk." + layer + ".", hidden);
            feedForward("blk." + layer + ".", hidden);
        }
        String output = matrices.containsKey("output.weight") ? "output.weight" : "token_embd.weight";
        double[][] logits = new double[tokens.length][];
        for (int t = 0; t < tokens.length; t++) {
            logits[t] = times(output, norm("output_norm.weight", hidden[t]));
        }
        return logits;
    }

    private void attention(String block, double[][] hidden) {
        int length = hidden.length;
        double[][] q = new double[length][];
        double[][] k = new double[length][];
        double[][] v = new double[length][];
        for (int t = 0; t < length; t++) {
            double[] x = norm(block + "attn_norm.weight", hidden[t]);
            q[t] = rotated(times(block + "attn_q.weight", x), t);
            k[t] = rotated(times(block + "attn_k.weight", x), t);
            v[t] = times(block + "attn_v.weight", x);
        }
        for (int t = 0; t < length; t++) {
            double[] mixed = new double[heads * headDim];
            for (int head = 0; head < heads; head++) {
                int kv = head / (heads / kvHeads) * headDim;
                double[] weights = new double[length];
                double sum = 0;
                for (int s = 0; s <= t; s++) {
                    if (t - s < window) {
                        double dot = 0;
                        for (int d = 0; d < headDim; d++) {
                            dot += q[t][head * headDim + d] * k[s][kv + d];
                        }
                        weights[s] = Math.exp(dot / Math.sqrt(headDim));
                        sum += weights[s];
                    }
                }
                for (int s = 0; s <= t; s++) {
                    for (int d = 0; d < headDim; d++) {
                        mixed[head * headDim + d] += weights[s] / sum * v[s][kv + d];
                    }
                }
            }
            add(hidden[t], times(block + "attn_output.weight", mixed));
        }
    }

    private void feedForward(String block, double[][] hidden) {
        for (double[] state : hidden) {
            double[] x = norm(block + "ffn_norm.weight", state);
            double[] inner = times(block + "ffn_gate.weight", x);
            double[] up = times(block + "ffn_up.weight", x);
            for (int i = 0; i < inner.length; i++) {
                inner[i] *= up[i] / (1 + Math.exp(-inner[i]));
            }
            add(state, times(block + "ffn_down.weight", inner));
        }
    }

    private double[] norm(String name, double[] x) {
        double mean = 0;
        for (double value : x) {
            mean += value * value / x.length;
        }
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i] / Math.sqrt(mean + eps) * matrices.get(name)[0][i];
        }
        return out;
    }

    private double[] rotated(double[] x, int position) {
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i += 2) {
            double angle = position / Math.pow(theta, (double) (i % headDim) / headDim);
            out[i] = x[i] * Math.cos(angle) - x[i + 1] * Math.sin(angle);
            out[i + 1] = x[i] * Math.sin(angle) + x[i + 1] * Math.cos(angle);
        }
        return out;
    }

    private double[] times(String name, double[] x) {
        double[][] matrix = matrices.get(name);
        double[] in = roundsActivations && quantized.get(name) ? rounded(x) : x;
        double[] out = new double[matrix.length];
        for (int row = 0; row < out.length; row++) {
            for (int i = 0; i < in.length; i++) {
                out[row] += matrix[row][i] * in[i];
            }
        }
        return out;
    }

    private static double[] rounded(double[] x) {
        double[] out = new double[x.length];
        for (int begin = 0; begin < x.length; begin += 32) {
            double scale = 0;
            for (int i = begin; i < begin + 32; i++) {
                scale = Math.max(scale, Math.abs(x[i]) / 127);
            }
            for (int i = begin; i < begin + 32 && scale > 0; i++) {
                out[i] = scale * Math.copySign(Math.floor(Math.abs(x[i] / scale) + 0.5), x[i]);
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
