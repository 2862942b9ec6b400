package dev.sirocco.runtime.opencl;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Several kernels' OpenCL C as one text. What they define is numbered, since kernels have functions of equal names. */
record JointSource(List<KernelSource> kernels) {
    /** A function that stands before a kernel, as the emitter writes them: from the first column on. */
    private static final Pattern FUNCTION = Pattern.compile("^static [^(;=]*?(\\w+)\\(", Pattern.MULTILINE);

    JointSource {
        kernels = List.copyOf(kernels);
    }

    /** {@return the name of a kernel in the text} */
    String symbol(int kernel) {
        return numbered(kernels.get(kernel).symbol(), kernel);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < kernels.size(); i++) {
            Set<String> names = names(kernels.get(i));
            for (String name : names) {
                text.append("#define %s %s\n".formatted(name, numbered(name, i)));
            }
            text.append(kernels.get(i).text()).append('\n');
            names.forEach(name -> text.append("#undef ").append(name).append('\n'));
        }
        return text.toString();
    }

    private static Set<String> names(KernelSource kernel) {
        Set<String> names = new LinkedHashSet<>();
        names.add(kernel.symbol());
        Matcher function = FUNCTION.matcher(kernel.text());
        while (function.find()) {
            names.add(function.group(1));
        }
        return names;
    }

    private static String numbered(String name, int kernel) {
        return "joint" + kernel + "_" + name; // not a name that the emitter gives to a variable
    }
}
