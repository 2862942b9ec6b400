package dev.sirocco.runtime.opencl;

import java.math.BigInteger;
import java.util.ArrayList;
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
 * Kernels whose OpenCL C is the same but for some integers and what they store, as one kernel that is given the
 * integers when it is launched, so that a compiler that takes long has one kernel to do. Kernels are specialised for
 * the sizes of their task, and a layer multiplies matrices of several.
 *
 * <p>With a kernel's integers in the places of the parameters the text is that of the kernel, but for values that it
 * does not store, so that it means the same. What C wants to be constant stays: the sizes of arrays, the cases of a
 * switch, what stands before the body.
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

    /**
     * A kernel's text, taken apart.
     *
     * @param head  all before the body, without the size of groups
     * @param group the size of its groups, where it may be another
     */
    private record Written(KernelSource source, String head, String body, List<Long> group) {
        static Written of(KernelSource source) {
            String text = source.text();
            int body = Math.max(0, text.indexOf(BODY, text.indexOf("__kernel")));
            String head = text.substring(0, body);
            Matcher stated = GROUP.matcher(head);
            if (!source.loopNest() || !stated.find()) {
                return new Written(source, head, text.substring(body), List.of());
            }
            List<Long> group =
                    Stream.of(1, 2, 3).map(i -> Long.valueOf(stated.group(i))).toList();
            return new Written(source, stated.replaceFirst(ANY_GROUP), text.substring(body), group);
        }

        /** {@return what kernels of a family have in common} */
        Shape shape() {
            return new Shape(head, pieces(StoredValues.without(body)));
        }
    }

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
        Map<Shape, List<Written>> families = new LinkedHashMap<>();
        for (KernelSource kernel : kernels) {
            Written written = Written.of(kernel);
            families.computeIfAbsent(written.shape(), _ -> new ArrayList<>()).add(written);
        }
        return families.values().stream().map(KernelFamily::family).toList();
    }

    private static KernelFamily family(List<Written> kernels) {
        List<String> bodies = new StoredValues(KernelFamily::withoutIntegers)
                .together(kernels.stream().map(Written::body).toList());
        SequencedMap<KernelSource, Integers> members = new LinkedHashMap<>();
        for (int i = 0; i < kernels.size(); i++) {
            List<Integer> between = INTEGER.matcher(bodies.get(i))
                    .results()
                    .map(MatchResult::group)
                    .map(Integer::valueOf)
                    .toList();
            members.put(kernels.get(i).source, new Integers(between, kernels.get(i).group));
        }
        return new KernelFamily(new Shape(kernels.getFirst().head, pieces(bodies.getFirst())), members);
    }

    private static List<String> pieces(String body) {
        return List.of(INTEGER.split(body, -1));
    }

    private static String withoutIntegers(String text) {
        return INTEGER.matcher(text).replaceAll("#"); // which C has before the first column only
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
