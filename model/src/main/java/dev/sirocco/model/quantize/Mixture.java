package dev.sirocco.model.quantize;

import dev.sirocco.model.gguf.GgmlType;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which tensors of a model get which type. The K mixtures spend more bits on the matrices that suffer most: the values,
 * the way down of the feed-forward network, and the output. Which these are is what {@code llama-quantize} does without
 * an importance matrix, so that a file of a given name is as large and as good as people expect it to be.
 */
public enum Mixture {
    F32(0, GgmlType.F32),
    F16(1, GgmlType.F16),
    BF16(32, GgmlType.BF16),
    Q8_0(7, GgmlType.Q8_0),
    Q4_0(2, GgmlType.Q4_0),
    Q4_1(3, GgmlType.Q4_1),
    Q5_0(8, GgmlType.Q5_0),
    Q5_1(9, GgmlType.Q5_1),
    Q2_K(10, GgmlType.Q2_K),
    Q3_K_S(11, GgmlType.Q3_K),
    Q3_K_M(12, GgmlType.Q3_K),
    Q4_K_S(14, GgmlType.Q4_K),
    Q4_K_M(15, GgmlType.Q4_K),
    Q5_K_S(16, GgmlType.Q5_K),
    Q5_K_M(17, GgmlType.Q5_K),
    Q6_K(18, GgmlType.Q6_K),
    IQ4_NL(25, GgmlType.IQ4_NL),
    IQ4_XS(30, GgmlType.IQ4_XS);

    private static final Pattern BLOCK = Pattern.compile("blk\\.(\\d+)\\.(\\w+?)(_exps)?(\\.\\d+)?\\.weight");

    private final int fileType;
    private final GgmlType base;

    Mixture(int fileType, GgmlType base) {
        this.fileType = fileType;
        this.base = base;
    }

    /** {@return the mixture of this name in any case; Q3_K, Q4_K and Q5_K are their M} */
    public static Optional<Mixture> ofName(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (Mixture mixture : values()) {
            if (mixture.name().equals(upper) || mixture.name().equals(upper + "_M")) {
                return Optional.of(mixture);
            }
        }
        return Optional.empty();
    }

    /** {@return the number of {@code general.file_type}} */
    public int fileType() {
        return fileType;
    }

    /** {@return the type of most tensors} */
    public GgmlType base() {
        return base;
    }

    /**
     * What decides about a tensor besides its name.
     *
     * @param layers     of the model
     * @param sharing    query heads to a key head
     * @param experts    of a layer, 0 for none
     * @param tiedOutput whether the embedding is the output matrix too
     * @param pure       whether every matrix gets the mixture's base
     */
    public record Model(int layers, int sharing, int experts, boolean tiedOutput, boolean pure) {}

    /**
     * {@return the type that a matrix gets}
     *
     * @param name GGUF's
     * @param cols elements of a row
     */
    public GgmlType typeOf(String name, long cols, Model model) {
        if (name.contains("ffn_gate_inp")) {
            return GgmlType.F32;
        }
        return fitting(model.pure() || !base.isQuantized() ? base : wanted(name, cols, model), cols);
    }

    private GgmlType wanted(String name, long cols, Model model) {
        if (name.equals("output.weight") || model.tiedOutput() && name.equals("token_embd.weight")) {
            return this == Q8_0 || cols % 256 != 0 ? GgmlType.Q8_0 : GgmlType.Q6_K;
        }
        Matcher block = BLOCK.matcher(name);
        if (!block.matches()) {
            return base;
        }
        int layer = Integer.parseInt(block.group(1));
        boolean eight = model.experts() == 8;
        return switch (block.group(2)) {
            case "attn_v" -> eight && isK() ? GgmlType.Q8_0 : value(layer, model);
            case "attn_k" -> eight && isK() ? GgmlType.Q8_0 : base;
            case "attn_output" -> attentionOutput(eight);
            case "ffn_down" -> down(layer, model.layers());
            default -> base;
        };
    }

    private boolean isK() {
        return base.blockSize() == 256 || this == IQ4_NL;
    }

    private GgmlType value(int layer, Model model) {
        return switch (this) {
            case Q2_K -> model.sharing() >= 4 ? GgmlType.Q4_K : GgmlType.Q3_K;
            case Q3_K_M -> layer < 2 ? GgmlType.Q5_K : GgmlType.Q4_K;
            case Q4_K_S -> layer < 4 ? GgmlType.Q5_K : base;
            case Q4_K_M, Q5_K_M -> deserves(layer, model.layers()) ? GgmlType.Q6_K : base;
            case IQ4_NL, IQ4_XS -> model.sharing() >= 4 ? GgmlType.Q5_K : base;
            case F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q3_K_S, Q5_K_S, Q6_K -> base;
        };
    }

    private GgmlType attentionOutput(boolean eight) {
        return switch (this) {
            case Q2_K -> eight ? GgmlType.Q5_K : GgmlType.Q3_K;
            case Q3_K_M -> eight ? GgmlType.Q5_K : GgmlType.Q4_K;
            case Q3_K_S, Q4_K_S, Q4_K_M, IQ4_NL, IQ4_XS -> eight ? GgmlType.Q5_K : base;
            case F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q5_K_S, Q5_K_M, Q6_K -> base;
        };
    }

    private GgmlType down(int layer, int layers) {
        return switch (this) {
            case Q2_K -> GgmlType.Q3_K;
            case Q3_K_M -> layer < layers / 16 ? GgmlType.Q5_K : GgmlType.Q4_K;
            case Q4_K_S, IQ4_NL, IQ4_XS -> layer < layers / 8 ? GgmlType.Q5_K : base;
            case Q4_K_M, Q5_K_M -> deserves(layer, layers) ? GgmlType.Q6_K : base;
            case F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q3_K_S, Q5_K_S, Q6_K -> base;
        };
    }

    /** The first and the last eighth of the layers, and every third between. */
    private static boolean deserves(int layer, int layers) {
        return layer < layers / 8 || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2;
    }

    /** {@return the type, or one of smaller blocks and no fewer bits when a row is not a whole number of its blocks} */
    private static GgmlType fitting(GgmlType type, long cols) {
        if (cols % type.blockSize() == 0) {
            return type;
        }
        GgmlType smaller = switch (type) {
            case Q2_K, Q3_K, IQ4_XS -> GgmlType.IQ4_NL;
            case Q4_K -> GgmlType.Q5_0;
            case Q5_K -> GgmlType.Q5_1;
            case Q6_K -> GgmlType.Q8_0;
            default -> GgmlType.F16;
        };
        return cols % smaller.blockSize() == 0 ? smaller : GgmlType.F16;
    }
}
