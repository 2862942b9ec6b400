package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Type.Scalar;

/** Minimum and maximum with Java's meaning, NaN for NaN and −0 below 0, from comparisons. */
final class Minimum {
    private Minimum() {}

    /** {@return the function over two numbers of a type} */
    static String function(ModuleText text, Scalar scalar, boolean maximum) {
        String name = (maximum ? "sirocco.maximum." : "sirocco.minimum.") + ModuleText.suffix(scalar);
        String bits = scalar == Scalar.F64 ? "i64" : "i32";
        String type = ModuleText.type(scalar);
        HelperText f = new HelperText(text, name, type, scalar, 2);
        String first = f.let("bitcast " + type + " %x to " + bits);
        String second = f.let("bitcast " + type + " %y to " + bits);
        String both = f.let((maximum ? "and " : "or ") + bits + " " + first + ", " + second);
        String equal = f.let("bitcast " + bits + " " + both + " to " + type);
        String unordered = f.add("%x", "%y");
        String tie = f.select(f.compare("oeq", "%x", "%y"), equal, unordered);
        String other = f.select(f.compare(maximum ? "olt" : "ogt", "%x", "%y"), "%y", tie);
        String result = f.select(f.compare(maximum ? "ogt" : "olt", "%x", "%y"), "%x", other);
        return text.helper(name, f.returning(type + " " + result));
    }
}
