package dev.sirocco.runtime.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The vector forms of a function on words: LLVM's loop vectoriser takes one for several iterations at once. The scalar
 * function is not inlined before that: {@link #LATE} marks it.
 */
public final class VectorForms {
    /** The attribute of functions that are inlined when loops are vectorised. */
    public static final String LATE = "sirocco-inline-late";

    /** Words in the narrowest vector. */
    static final int FEWEST_LANES = 4;

    private VectorForms() {}

    /** {@return the name of the form that takes some words at once} */
    static String name(String function, int lanes) {
        return function + ".x" + lanes;
    }

    /**
     * Adds the vector forms of a function. {@return the attribute of its calls, which names them}
     *
     * @param parameters how many words the function takes
     * @param mostLanes  words in the widest vector
     * @param definition a form's text, given its name and its lanes
     */
    static String attribute(
            ModuleText text,
            String function,
            int parameters,
            int mostLanes,
            BiFunction<String, Integer, String> definition) {
        List<String> variants = new ArrayList<>();
        for (int lanes = FEWEST_LANES; lanes <= mostLanes; lanes *= 2) {
            String form = name(function, lanes);
            text.keep(text.helper(form, definition.apply(form, lanes)));
            variants.add("_ZGV_LLVM_N" + lanes + "v".repeat(parameters) + "_" + function + "(" + form + ")");
        }
        return "\"vector-function-abi-variant\"=\"" + String.join(",", variants) + "\"";
    }
}
