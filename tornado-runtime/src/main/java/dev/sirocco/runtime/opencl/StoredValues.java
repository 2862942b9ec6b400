package dev.sirocco.runtime.opencl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Kernels that store other values and are otherwise the same, such as a product and one that adds to what is there:
 * each is written with the values of all, and with a number that says which are its own. The number and other integers
 * apart they are the same then.
 */
final class StoredValues {
    /** A statement that writes an element of an array: a line of the emitter's. */
    private static final Pattern STORE = Pattern.compile(
            "^(?<indent> *)(?<target>\\w+\\[[^\\n=]+?\\] = )(?<value>[^\\n;]+);(?<comment>| // [^\\n]*)$",
            Pattern.MULTILINE);

    private final UnaryOperator<String> withoutIntegers;

    /**
     * @param withoutIntegers what is the same for texts that differ in integers alone
     */
    StoredValues(UnaryOperator<String> withoutIntegers) {
        this.withoutIntegers = withoutIntegers;
    }

    /** {@return a kernel's body without what it stores} */
    static String without(String body) {
        return STORE.matcher(body).replaceAll("${indent}${target};${comment}");
    }

    /** {@return bodies that differ in integers and in what they store, each with the values of all} */
    List<String> together(List<String> bodies) {
        List<List<String>> values = bodies.stream().map(StoredValues::values).toList();
        return IntStream.range(0, bodies.size())
                .mapToObj(kernel -> {
                    StringBuilder text = new StringBuilder();
                    Matcher store = STORE.matcher(bodies.get(kernel));
                    for (int i = 0; store.find(); i++) {
                        int place = i;
                        List<String> of =
                                values.stream().map(all -> all.get(place)).toList();
                        store.appendReplacement(text, Matcher.quoteReplacement(statement(store, of)));
                    }
                    return store.appendTail(text).toString();
                })
                .toList();
    }

    private static List<String> values(String body) {
        return STORE.matcher(body).results().map(store -> store.group("value")).toList();
    }

    /** {@return a kernel's statement, where the kernels store some values} */
    private String statement(Matcher store, List<String> values) {
        Map<String, String> kinds = new LinkedHashMap<>();
        values.forEach(value -> kinds.putIfAbsent(withoutIntegers.apply(value), value));
        String own = withoutIntegers.apply(store.group("value"));
        kinds.put(own, store.group("value"));
        int number = List.copyOf(kinds.keySet()).indexOf(own);
        List<String> cases = new ArrayList<>();
        for (String value : kinds.values()) {
            int last = kinds.size() - 1;
            String condition = cases.size() == last ? "" : "if (%d == %d) ".formatted(number, cases.size());
            cases.add(condition + store.group("target") + value + ";");
        }
        return store.group("indent") + String.join(" else ", cases) + store.group("comment");
    }
}
