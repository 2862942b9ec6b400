package dev.sirocco.runtime.opencl;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Kernels whose OpenCL C is the same but for some integers, as one kernel that is given these when it is launched, so
 * that a compiler that takes long has one kernel to do. Kernels are specialised for the sizes of their task, and a
 * layer multiplies matrices of several.
 *
 * <p>With a kernel's integers in the places of the parameters the text is that of the kernel, so that it means the
 * same. What C wants to be constant stays: the sizes of arrays, the cases of a switch, what stands before the body.
 */
final class KernelFamily {
    /** What parameters are called; the emitter gives no variable such a name. */
    private static final String PARAMETER = "joint_size_";

    /** A literal of C's type int that need not be constant. */
    private static final Pattern INTEGER =
            Pattern.compile("(?<![\\w.\\[])(?<![eE][+-])(?<!case )\\d{1,9}(?![\\w.\\]])");

    private static final Pattern GROUP = Pattern.compile("reqd_work_group_size\\((\\d+), (\\d+), (\\d+)\\)");
    private static final String ANY_GROUP = "reqd_work_group_size(any)";
    private static final String BODY = ") {";

    private final Shape shape;
    private final SequencedMap<KernelSource, Integers> members;
    private final List<List<Integer>> parameters; // for each its value in each member

    /** A kernel without its integers. */
    private record Shape(String head, List<String> pieces) {}

    /**
     * The integers of a kernel.
     *
     * @param between the pieces of its shape
     * @param group   the size of its groups, where it may be another
     */
    private record Integers(List<Integer> between, List<Long> group) {}

    private KernelFamily(Shape shape, SequencedMap<KernelSource, Integers> members) {
        this.shape = shape;
        this.members = members;
        this.parameters = IntStream.range(0, shape.pieces.size() - 1)
                .mapToObj(this::values)
                .filter(KernelFamily::differ)
                .distinct()
                .toList();
    }

    /** {@return all kernels, each in one family} */
    static List<KernelFamily> of(List<KernelSource> kernels) {
        Map<Shape, SequencedMap<KernelSource, Integers>> families = new LinkedHashMap<>();
        for (KernelSource kernel : kernels) {
            String text = kernel.text();
            int body = Math.max(0, text.indexOf(BODY, text.indexOf("__kernel")));
            String head = text.substring(0, body);
            Matcher stated = GROUP.matcher(head);
            List<Long> group = List.of();
            if (kernel.loopNest() && stated.find()) {
                group = Stream.of(1, 2, 3)
                        .map(i -> Long.valueOf(stated.group(i)))
                        .toList();
                head = stated.replaceFirst(ANY_GROUP);
            }
            Matcher integers = INTEGER.matcher(text.substring(body));
            List<Integer> between = integers.results()
                    .map(MatchResult::group)
                    .map(Integer::valueOf)
                    .toList();
            Shape shape = new Shape(head, List.of(INTEGER.split(text.substring(body), -1)));
            families.computeIfAbsent(shape, _ -> new LinkedHashMap<>()).put(kernel, new Integers(between, group));
        }
        return families.entrySet().stream()
                .map(family -> new KernelFamily(family.getKey(), family.getValue()))
                .toList();
    }

    /** {@return the kernels that are one} */
    List<KernelSource> sources() {
        return List.copyOf(members.keySet());
    }

    /** {@return the kernel's name in the text} */
    String symbol() {
        return sources().getFirst().symbol();
    }

    /** {@return what the kernel is given behind its arrays, for one of the sources} */
    List<Integer> sizes(KernelSource source) {
        int member = sources().indexOf(source);
        return parameters.stream().map(values -> values.get(member)).toList();
    }

    /** {@return the size of groups that tiles the ranges of all; empty where it is the launch's} */
    List<Long> group() {
        return members.values().stream()
                .map(Integers::group)
                .reduce(KernelFamily::common)
                .orElseThrow();
    }

    private static List<Long> common(List<Long> group, List<Long> other) {
        return IntStream.range(0, group.size())
                .mapToObj(axis -> BigInteger.valueOf(group.get(axis))
                        .gcd(BigInteger.valueOf(other.get(axis)))
                        .longValue())
                .toList();
    }

    private List<Integer> values(int place) {
        return members.values().stream()
                .map(member -> member.between.get(place))
                .toList();
    }

    private static boolean differ(List<Integer> values) {
        return values.stream().distinct().count() > 1;
    }

    String text() {
        StringBuilder text = new StringBuilder(head());
        for (int i = 0; i < parameters.size(); i++) {
            text.append(",\n        const int ").append(PARAMETER).append(i);
        }
        text.append(shape.pieces.getFirst());
        for (int place = 0; place < shape.pieces.size() - 1; place++) {
            List<Integer> values = values(place);
            text.append(differ(values) ? PARAMETER + parameters.indexOf(values) : values.getFirst())
                    .append(shape.pieces.get(place + 1));
        }
        return text.toString();
    }

    private String head() {
        return group().isEmpty()
                ? shape.head
                : shape.head.replace(ANY_GROUP, "reqd_work_group_size(%d, %d, %d)".formatted(group().toArray()));
    }
}
