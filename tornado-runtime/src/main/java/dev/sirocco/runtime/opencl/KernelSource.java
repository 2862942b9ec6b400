package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.cache.Digest;
import dev.sirocco.runtime.driver.KernelFormat;

/**
 * A kernel as it is given to a device's compiler.
 *
 * @param kernel  the Java method, as {@code Class.method}
 * @param symbol  the kernel's name in the text
 * @param format  what the device is given: OpenCL C, or SPIR-V
 * @param text    OpenCL C, or the LLVM IR that SPIR-V is made of
 * @param options for {@code clBuildProgram}
 * @param loopNest whether it is made of {@code @Parallel} loops: work-items have nothing to do with each other, and
 *     groups of any size may tile the range
 */
record KernelSource(String kernel, String symbol, KernelFormat format, String text, String options, boolean loopNest) {
    /** {@return what stands for the text and its options, and nothing else} */
    String digest() {
        return Digest.name(options + "\n" + text);
    }
}
