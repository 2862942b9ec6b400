package dev.sirocco.runtime.opencl;

/**
 * Where a kernel's code is.
 *
 * @param program the {@code cl_program} that has it, built
 * @param symbol  its name there
 */
record CompiledKernel(long program, String symbol) {}
