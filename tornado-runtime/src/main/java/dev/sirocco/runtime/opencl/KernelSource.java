package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.cache.Digest;

/**
 * A kernel as it is given to a device's compiler.
 *
 * @param kernel  the Java method, as {@code Class.method}
 * @param symbol  the kernel's name in the text
 * @param text    OpenCL C
 * @param options for {@code clBuildProgram}
 */
record KernelSource(String kernel, String symbol, String text, String options) {
    /** {@return what stands for the text and its options, and nothing else} */
    String digest() {
        return Digest.name(options + "\n" + text);
    }
}
