package dev.sirocco.runtime.codegen.opencl;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What stands before a kernel: the extensions and functions that it turned out to need. */
final class Prelude {
    private final Set<String> extensions = new LinkedHashSet<>();
    private final Map<String, String> functions = new LinkedHashMap<>();

    void extension(String name) {
        extensions.add(name);
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
        functions.values().forEach(f -> text.append('\n').append(f));
        return text.toString();
    }
}
