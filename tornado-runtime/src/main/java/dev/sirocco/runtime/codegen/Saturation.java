package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Type.Scalar;

/** Float to integer as Java converts: saturating, NaN as 0; from comparisons and a conversion of what fits. */
final class Saturation {
    private Saturation() {}

    /** {@return the function from a float type to I32 or I64} */
    static String function(ModuleText text, Scalar from, Scalar to) {
        String name = "sirocco.whole." + ModuleText.suffix(from) + "." + ModuleText.suffix(to);
        String whole = ModuleText.type(to);
        HelperText f = new HelperText(text, name, whole, from, 1);
        double limit = to == Scalar.I64 ? 0x1p63 : 0x1p31;
        long most = to == Scalar.I64 ? Long.MAX_VALUE : Integer.MAX_VALUE;
        String high = f.compare("oge", "%x", f.f(limit));
        String notLow = f.compare("oge", "%x", f.f(-limit));
        String fits = f.let("and i1 " + notLow + ", " + f.let("xor i1 " + high + ", true"));
        String safe = f.select(fits, "%x", f.f(0));
        String converted = f.let("fptosi " + ModuleText.type(from) + " " + safe + " to " + whole);
        String low = f.compare("olt", "%x", f.f(-limit));
        String raised = f.let("select i1 " + low + ", " + whole + " " + (-most - 1) + ", " + whole + " " + converted);
        String result = f.let("select i1 " + high + ", " + whole + " " + most + ", " + whole + " " + raised);
        return text.helper(name, f.returning(whole + " " + result));
    }
}
