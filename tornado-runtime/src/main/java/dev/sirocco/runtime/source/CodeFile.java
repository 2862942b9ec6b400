package dev.sirocco.runtime.source;

import dev.sirocco.runtime.bytecode.KernelClass;
import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.Launch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Code as it is kept: the kernel's names and its launch, then a line with the digest of each class that its
 * instructions come from, an empty line, and the text.
 */
final class CodeFile {
    private static final String SEPARATOR = " ";
    private static final String NO_NUMBERS = "none";
    private static final int LAUNCH_LINES = 6;

    private CodeFile() {}

    /**
     * {@return a file's content; empty when a later process could not tell whether the classes are the same}
     *
     * @param classes that the instructions come from
     * @param loader  by which they are found by name
     */
    static Optional<byte[]> write(KernelCode code, Set<Class<?>> classes, ClassLoader loader) {
        Launch launch = code.launch();
        List<String> lines = new ArrayList<>(List.of(
                code.kernel(),
                code.symbol(),
                numbers(launch.sizes()),
                numbers(launch.groupSizes()),
                Boolean.toString(launch.loopNest()),
                launch.floats().name()));
        for (Class<?> read : classes) {
            Optional<String> digest = KernelClass.digest(read);
            if (digest.isEmpty() || find(read.getName(), loader) != read) {
                return Optional.empty();
            }
            lines.add(read.getName() + SEPARATOR + digest.get());
        }
        return Optional.of((String.join("\n", lines) + "\n\n" + code.text()).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@return the code; empty when a class has changed or is gone}
     *
     * @param file   what {@link #write} made
     * @param arrays of the launch
     */
    static Optional<KernelCode> read(byte[] file, ClassLoader loader, List<Launch.Array> arrays) {
        String content = new String(file, StandardCharsets.UTF_8);
        int end = content.indexOf("\n\n");
        List<String> lines = content.substring(0, end).lines().toList();
        for (String line : lines.subList(LAUNCH_LINES, lines.size())) {
            String[] words = line.split(SEPARATOR);
            Class<?> now = find(words[0], loader);
            if (now == null || !KernelClass.digest(now).equals(Optional.of(words[1]))) {
                return Optional.empty();
            }
        }
        Launch launch = new Launch(
                numbers(lines.get(2)),
                numbers(lines.get(3)),
                Boolean.parseBoolean(lines.get(4)),
                arrays,
                FloatMode.valueOf(lines.get(5)));
        return Optional.of(new KernelCode(lines.get(0), lines.get(1), launch, content.substring(end + 2)));
    }

    private static Class<?> find(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError gone) {
            return null;
        }
    }

    /** {@return a line for numbers, which is not empty} */
    private static String numbers(List<Long> numbers) {
        return numbers.isEmpty()
                ? NO_NUMBERS
                : numbers.stream().map(String::valueOf).collect(Collectors.joining(SEPARATOR));
    }

    private static List<Long> numbers(String line) {
        return line.equals(NO_NUMBERS)
                ? List.of()
                : Arrays.stream(line.split(SEPARATOR)).map(Long::valueOf).toList();
    }
}
