package dev.sirocco.runtime.opencl;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Several kernels' OpenCL C as one text. What they define is numbered, since kernels have functions of equal names. */
record JointSource(List<KernelFamily> families) {
    /** A function that stands before a kernel, as the emitter writes them: from the first column on. */
    private static final Pattern FUNCTION = Pattern.compile("^static [^(;=]*?(\\w+)\\(", Pattern.MULTILINE);

    JointSource {
        families = List.copyOf(families);
    }

    /** {@return where each kernel is in the program that the text became} */
    Map<KernelSource, CompiledKernel> kernels(long program) {
        Map<KernelSource, CompiledKernel> kernels = new HashMap<>();
        for (int i = 0; i < families.size(); i++) {
            KernelFamily family = families.get(i);
            String symbol = numbered(family.symbol(), i);
            for (KernelSource source : family.sources()) {
                kernels.put(source, new CompiledKernel(program, symbol, family.sizes(source), family.group()));
            }
        }
        return kernels;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < families.size(); i++) {
            KernelFamily family = families.get(i);
            String kernel = family.text();
            Set<String> names = names(family.symbol(), kernel);
            for (String name : names) {
                text.append("#define %s %s\n".formatted(name, numbered(name, i)));
            }
            text.append(kernel).append('\n');
            names.forEach(name -> text.append("#undef ").append(name).append('\n'));
        }
        return text.toString();
    }

    private static Set<String> names(String symbol, String text) {
        Set<String> names = new LinkedHashSet<>();
        names.add(symbol);
        Matcher function = FUNCTION.matcher(text);
        while (function.find()) {
            names.add(function.group(1));
        }
        return names;
    }

    private static String numbered(String name, int kernel) {
        return "joint" + kernel + "_" + name; // not a name that the emitter gives to a variable
    }
}
