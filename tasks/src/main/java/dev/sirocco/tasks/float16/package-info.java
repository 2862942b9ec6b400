/**
 * Half-precision numbers and bfloat16, for kernels that must run on devices without either.
 *
 * <p>Entry types: {@link dev.sirocco.tasks.float16.Float16}, {@link dev.sirocco.tasks.float16.BFloat16}. TornadoVM's
 * compiler declares a variable of type half for every half that a kernel reads, which OpenCL devices without
 * cl_khr_fp16 refuse, and does not take an int's bits for a float's; exact integer and fp32 arithmetic runs anywhere.
 *
 * <p>Invariant: what an annotated method computes is what its annotation says, so that a compiler may put its device's
 * instruction in the method's place.
 */
package dev.sirocco.tasks.float16;
