package dev.sirocco.runtime.codegen.opencl;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What stands before a kernel: the extensions and functions that it turned out to need. */
final class Prelude {
    private final Set<String> extensions = new LinkedHashSet<>();
    private boolean hasWideVectors;
    private final Map<String, String> functions = new LinkedHashMap<>();

    void extension(String name) {
        extensions.add(name);
    }

    /**
     * States that there are vectors of more than 32 bytes. Clang warns that they are passed in memory where a processor
     * has no such registers, although the functions that they are passed to are inlined.
     */
    void wideVectors() {
        hasWideVectors = true;
    }

    /** Adds a function once. {@return its name} */
    String function(String name, String definition) {
        functions.putIfAbsent(name, definition);
        return name;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        extensions.forEach(
                e -> text.append("#pragma OPENCL EXTENSION ").append(e).append(" : enable\n"));
        if (hasWideVectors) {
            text.append("#ifdef __clang__\n#pragma clang diagnostic ignored \"-Wpsabi\"\n#endif\n");
        }
        functions.values().forEach(f -> text.append('\n').append(f));
        return text.toString();
    }
}
