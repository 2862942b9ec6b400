package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Function;

/**
 * What a kernel's code is made from. The front end gives the same function for the same kernel, so that functions are
 * told apart by identity.
 */
public record KernelInstance(Function function, Launch launch) {
    @Override
    public boolean equals(Object other) {
        return other instanceof KernelInstance that && that.function == function && that.launch.equals(launch);
    }

    @Override
    public int hashCode() {
        return 31 * System.identityHashCode(function) + launch.hashCode();
    }
}
