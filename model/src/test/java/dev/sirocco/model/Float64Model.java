package dev.sirocco.model;

import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufFile;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.testing.BlockReference;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
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
    private final int[] windows; // of the layers in turn
    private final double[] frequencies; // (headDim / 2), radians per position
    private final double magnitude;
    private final double temperature;
    private final double temperatureLength;
    private final int experts;
    private final int chosen;
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
            String arch = keys.getString("general.architecture") + ".";
            layers = keys.getInt(arch + "block_count");
            heads = keys.getInt(arch + "attention.head_count");
            kvHeads = keys.getInt(arch + "attention.head_count_kv");
            headDim = keys.getInt(arch + "attention.key_length");
            windows = windows(keys, arch + "attention.sliding_window");
            frequencies = frequencies(keys, arch);
            magnitude = magnitude(keys, arch);
            temperature = keys.getFloat(arch + "attention.temperature_scale", 0);
            temperatureLength = keys.getInt(arch + "rope.scaling.original_context_length", 1);
            experts = keys.getInt(arch + "expert_count", 0);
            chosen = keys.getInt(arch + "expert_used_count", 0);
            eps = keys.getFloat(arch + "attention.layer_norm_rms_epsilon");
            for (GgufTensor tensor : file.tensors()) {
                matrices.put(tensor.name(), decode(tensor, file.view(tensor)));
                quantized.put(tensor.name(), tensor.type().isQuantized());
            }
        }
        for (String name : List.copyOf(matrices.keySet())) {
            if (name.contains("_exps.")) { // rows of all experts, one after the other
                double[][] all = matrices.get(name);
                int rows = all.length / experts;
                for (int e = 0; e < experts; e++) {
                    String one = name.replace("_exps.", "." + e + ".");
                    matrices.put(one, Arrays.copyOfRange(all, e * rows, (e + 1) * rows));
                    quantized.put(one, quantized.get(name));
                }
            }
        }
    }

    private static int[] windows(GgufMetadata keys, String key) {
        if (!keys.has(key)) {
            return new int[] {0};
        }
        return keys.get(key) instanceof GgufValue.Packed ? keys.getInts(key) : new int[] {keys.getInt(key)};
    }

    /** YaRN as its paper has it, with whole pairs as ends of the ramp. */
    private double[] frequencies(GgufMetadata keys, String arch) {
        double theta = keys.getFloat(arch + "rope.freq_base");
        String scaling = keys.getString(arch + "rope.scaling.type", "none");
        double factor = keys.getFloat(arch + "rope.scaling.factor", 1);
        double original = keys.getInt(arch + "rope.scaling.original_context_length", 1);
        double[] out = new double[headDim / 2];
        for (int i = 0; i < out.length; i++) {
            double wavelength = 2 * Math.PI * Math.pow(theta, 2.0 * i / headDim);
            double stretch = 1; // the part of this pair's frequency that is divided
            if (scaling.equals("yarn")) {
                double fast = keys.getFloat(arch + "rope.scaling.yarn_beta_fast");
                double slow = keys.getFloat(arch + "rope.scaling.yarn_beta_slow");
                double low = Math.max(0, Math.floor(pairOf(original / fast, theta)));
                double high = Math.min(headDim - 1, Math.ceil(pairOf(original / slow, theta)));
                stretch = Math.min(1, Math.max(0, (i - low) / Math.max(high - low, 0.001)));
            }
            double divided = scaling.equals("none") ? 1 : factor;
            out[i] = 2 * Math.PI / wavelength * (1 - stretch + stretch / divided);
        }
        return out;
    }

    /** The pair whose wavelength is given, as a fraction. */
    private double pairOf(double wavelength, double theta) {
        return headDim / 2.0 * Math.log(wavelength / (2 * Math.PI)) / Math.log(theta);
    }

    private static double magnitude(GgufMetadata keys, String arch) {
        if (!keys.getString(arch + "rope.scaling.type", "none").equals("yarn")) {
            return 1;
        }
        double log = 0.1 * Math.log(keys.getFloat(arch + "rope.scaling.factor"));
        return (1 + log) / (1 + keys.getFloat(arch + "rope.scaling.yarn_log_multiplier", 0) * log);
    }

    private static double[][] decode(GgufTensor tensor, MemorySegment bytes) {
        int cols = Math.toIntExact(tensor.dim(0));
        double[][] matrix = new double[Math.toIntExact(tensor.dim(1) * tensor.dim(2))][cols];
        for (int i = 0; i < matrix.length * cols; i++) {
            matrix[i / cols][i % cols] = weight(tensor.type(), bytes, i);
        }
        return matrix;
    }

    private static double weight(GgmlType type, MemorySegment bytes, int index) {
        return switch (type) {
            case F32 -> bytes.get(F32, 4L * index);
            case F16 -> Float.float16ToFloat(bytes.get(F16, 2L * index));
            case BF16 -> Float.intBitsToFloat(bytes.get(F16, 2L * index) << 16);
            default -> {
                long at = (long) (index / type.blockSize()) * type.blockBytes();
                byte[] block = bytes.asSlice(at, type.blockBytes()).toArray(ValueLayout.JAVA_BYTE);
                yield BlockReference.weight(type.name(), block, index % type.blockSize());
            }
        };
    }

    /** {@return the logits after each token: [tokens][vocab]} */
    public double[][] logits(int[] tokens) {
        double[][] hidden = new double[tokens.length][];
        for (int t = 0; t < tokens.length; t++) {
            hidden[t] = matrices.get("token_embd.weight")[tokens[t]].clone();
        }
        for (int layer = 0; layer < layers; layer++) {
            attention("blk." + layer + ".", hidden, windows[layer % windows.length]);
            feedForward("blk." + layer + ".", hidden);
        }
        String output = matrices.containsKey("output.weight") ? "output.weight" : "token_embd.weight";
        double[][] logits = new double[tokens.length][];
        for (int t = 0; t < tokens.length; t++) {
            logits[t] = times(output, norm("output_norm.weight", hidden[t]));
        }
        return logits;
    }

    private void attention(String block, double[][] hidden, int window) {
        int length = hidden.length;
        double[][] q = new double[length][];
        double[][] k = new double[length][];
        double[][] v = new double[length][];
        for (int t = 0; t < length; t++) {
            double[] x = norm(block + "attn_norm.weight", hidden[t]);
            q[t] = rotated(times(block + "attn_q.weight", x), t);
            for (int i = 0; i < q[t].length; i++) {
                q[t][i] *= 1 + temperature * Math.log(1 + Math.floor(t / temperatureLength));
            }
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
                    if (window == 0 || t - s < window) {
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
            if (experts == 0) {
                add(state, network(block, ".weight", x));
                continue;
            }
            double[] logits = times(block + "ffn_gate_inp.weight", x);
            double least = Arrays.stream(logits).sorted().toArray()[experts - chosen];
            double sum = Arrays.stream(logits)
                    .filter(logit -> logit >= least)
                    .map(Math::exp)
                    .sum();
            for (int e = 0; e < experts; e++) { // all of them, those that are not chosen with a share of 0
                double[] answer = network(block, "." + e + ".weight", x);
                double share = logits[e] >= least ? Math.exp(logits[e]) / sum : 0;
                for (int i = 0; i < answer.length; i++) {
                    state[i] += share * answer[i];
                }
            }
        }
    }

    private double[] network(String block, String suffix, double[] x) {
        double[] inner = times(block + "ffn_gate" + suffix, x);
        double[] up = times(block + "ffn_up" + suffix, x);
        for (int i = 0; i < inner.length; i++) {
            inner[i] *= up[i] / (1 + Math.exp(-inner[i]));
        }
        return times(block + "ffn_down" + suffix, inner);
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
            double angle = position * frequencies[i % headDim / 2];
            out[i] = magnitude * (x[i] * Math.cos(angle) - x[i + 1] * Math.sin(angle));
            out[i + 1] = magnitude * (x[i] * Math.sin(angle) + x[i + 1] * Math.cos(angle));
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
