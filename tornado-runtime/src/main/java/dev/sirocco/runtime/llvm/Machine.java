package dev.sirocco.runtime.llvm;

/**
 * A processor that code is made for, as LLVM sees it.
 *
 * @param triple   LLVM's target triple
 * @param cpu      LLVM's name of the processor
 * @param features its features, as LLVM lists them
 */
public record Machine(String triple, String cpu, String features) {
    /** {@return whether the processor has a feature, in LLVM's name} */
    public boolean has(String feature) {
        return ("," + features + ",").contains(",+" + feature + ",");
    }
}
