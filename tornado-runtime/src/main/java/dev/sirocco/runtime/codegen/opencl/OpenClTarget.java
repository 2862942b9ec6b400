package dev.sirocco.runtime.codegen.opencl;

/**
 * What a device's OpenCL compiler has beyond the core of OpenCL 1.2.
 *
 * @param fp64            double precision; without it kernels with doubles are refused
 * @param fp16            half precision arithmetic that rounds to nearest and keeps small numbers; storage of halves
 *     needs none
 * @param int64Atomics    {@code cl_khr_int64_base_atomics}; without it atomics on longs are refused
 * @param roundedDivision whether division and square root of floats can be asked to be correctly rounded
 * @param integerDot      {@code cl_khr_integer_dot_product}, for bytes packed in words
 * @param processor       whether it is a processor, whose compiler may know its instructions and which reads ahead
 */
public record OpenClTarget(
        boolean fp64,
        boolean fp16,
        boolean int64Atomics,
        boolean roundedDivision,
        boolean integerDot,
        boolean processor) {
    /** Nothing but the core. */
    public static final OpenClTarget CORE = new OpenClTarget(false, false, false, false, false, false);
}
