package dev.sirocco.runtime.source;

import dev.sirocco.runtime.codegen.Launch;

/**
 * A kernel as it is given to a compiler.
 *
 * @param kernel the Java method, as {@code Class.method}
 * @param symbol the kernel's name in the text
 * @param launch what it is compiled for
 * @param text   OpenCL C or LLVM IR
 */
public record KernelCode(String kernel, String symbol, Launch launch, String text) {}
