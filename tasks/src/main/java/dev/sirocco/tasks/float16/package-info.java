/**
 * Half-precision numbers in bytes, for kernels that must run on devices without half precision.
 *
 * <p>Entry type: {@link dev.sirocco.tasks.float16.Float16}. TornadoVM's compiler declares a variable of type half for
 * every half that a kernel reads, which OpenCL devices without cl_khr_fp16 refuse; integer arithmetic runs anywhere.
 */
package dev.sirocco.tasks.float16;
