package dev.sirocco.benchmarks.random;

import dev.sirocco.tasks.matmul.WeightFormat;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which format each matrix of a model has: one for all, or a mixture as llama.cpp's quantiser makes it.
 *
 * @param name     as users write it
 * @param fileType {@code general.file_type}; source: llama_ftype of llama.h
 * @param format   of most matrices
 * @param finer    of the output matrix, and of the value and down matrices of half the layers
 */
public record ModelType(String name, int fileType, WeightFormat format, WeightFormat finer) {
    private static final List<ModelType> MIXTURES = List.of(
            new ModelType("Q4_K_M", 15, WeightFormat.Q4_K, WeightFormat.Q6_K),
            new ModelType("Q5_K_M", 17, WeightFormat.Q5_K, WeightFormat.Q6_K));

    /** {@return every type, those of one format first} */
    public static List<ModelType> all() {
        return Stream.concat(Arrays.stream(WeightFormat.values()).map(ModelType::of), MIXTURES.stream())
                .toList();
    }

    /** {@return the type whose matrices all have one format} */
    public static ModelType of(WeightFormat format) {
        return new ModelType(format.name(), fileType(format), format, format);
    }

    private static int fileType(WeightFormat format) {
        return switch (format) {
            case F32 -> 0;
            case F16 -> 1;
            case Q4_0 -> 2;
            case Q4_1 -> 3;
            case Q8_0 -> 7;
            case Q5_0 -> 8;
            case Q5_1 -> 9;
            case Q2_K -> 10;
            case Q3_K -> 11;
            case Q4_K -> 14;
            case Q5_K -> 16;
            case Q6_K -> 18;
            case IQ4_NL -> 25;
            case IQ4_XS -> 30;
            case BF16 -> 32;
        };
    }

    /** {@return the format of a matrix outside of the layers} */
    WeightFormat format(String tensor) {
        return tensor.equals("output.weight") ? finer : format;
    }

    /**
     * {@return the format of a layer's matrix}
     *
     * @param part such as {@code attn_v}
     */
    WeightFormat format(String part, int layer, int layers) {
        boolean isSensitive = part.equals("attn_v") || part.startsWith("ffn_down");
        int eighth = layers / 8;
        boolean isFiner = layer < eighth || layer >= 7 * layers / 8 || (layer - eighth) % 3 == 2;
        return isSensitive && isFiner ? finer : format;
    }

    @Override
    public String toString() {
        return name;
    }
}
