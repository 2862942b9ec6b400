package dev.sirocco.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A setting that a profile may give.
 *
 * @param name     as it is written in profiles
 * @param expected what a value must be, for messages: follows "must be"
 * @param parser   makes the value of its text; empty when the text is none
 * @param <T>      of values
 */
record ProfileKey<T>(String name, String expected, Function<String, Optional<T>> parser) {
    static final ProfileKey<Integer> PREFILL_CHUNK = integer("prefill_chunk", 1, 1 << 14);
    static final ProfileKey<Double> MEMORY_SHARE = new ProfileKey<>(
            "memory_share",
            "a number above 0 and at most 1",
            text -> number(text).filter(x -> x > 0 && x <= 1));
    static final ProfileKey<String> KERNEL_SHAPE = choice("kernel_shape", List.of("row", "workgroup"));
    static final ProfileKey<Integer> GROUP_SIZE = powerOfTwo("group_size", 8, 1024);
    static final ProfileKey<Integer> VECTOR_LANES = powerOfTwo("vector_lanes", 8, 512);
    static final ProfileKey<Integer> VECTOR_ROWS = integer("vector_rows", 1, 8);
    static final ProfileKey<String> BLOCK_LOADS = choice("block_loads", List.of("parts", "strips"));
    static final ProfileKey<Integer> TILE = powerOfTwo("tile", 16, 64);
    static final ProfileKey<String> TENSOR_CORES = choice("tensor_cores", List.of("no", "yes"));
    static final ProfileKey<Integer> ATTENTION_SPLITS = integer("attention_splits", 1, 1024);
    static final ProfileKey<Integer> ATTENTION_POSITIONS = integer("attention_positions", 1, 1024);
    static final ProfileKey<String> BUILD_OPTIONS = new ProfileKey<>("build_options", "a text", Optional::of);
    static final ProfileKey<String> CODE = choice("code", List.of("opencl-c", "spirv"));
    static final ProfileKey<Path> BINARIES = new ProfileKey<>("binaries", "the path of a folder", ProfileKey::path);

    /** All of them, in the order in which they are shown. */
    static final List<ProfileKey<?>> ALL = List.of(
            PREFILL_CHUNK,
            MEMORY_SHARE,
            KERNEL_SHAPE,
            GROUP_SIZE,
            VECTOR_LANES,
            VECTOR_ROWS,
            BLOCK_LOADS,
            TILE,
            TENSOR_CORES,
            ATTENTION_SPLITS,
            ATTENTION_POSITIONS,
            BUILD_OPTIONS,
            CODE,
            BINARIES);

    private static ProfileKey<Integer> integer(String name, int least, int most) {
        return new ProfileKey<>(
                name,
                "a whole number from " + least + " to " + most,
                text -> whole(text).filter(value -> value >= least && value <= most));
    }

    private static ProfileKey<Integer> powerOfTwo(String name, int least, int most) {
        List<Integer> values = IntStream.iterate(least, value -> value <= most, value -> 2 * value)
                .boxed()
                .toList();
        return new ProfileKey<>(
                name,
                "one of " + values.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                text -> whole(text).filter(values::contains));
    }

    private static ProfileKey<String> choice(String name, List<String> values) {
        return new ProfileKey<>(
                name, String.join(" or ", values), text -> Optional.of(text).filter(values::contains));
    }

    private static Optional<Integer> whole(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.parseDouble(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
