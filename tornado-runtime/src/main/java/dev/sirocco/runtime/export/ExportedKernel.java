package dev.sirocco.runtime.export;

import java.util.List;

/**
 * A kernel as a device's compiler would get it.
 *
 * @param kernel        the Java method, as {@code Class.method}
 * @param symbol        the kernel's name in the code
 * @param code          what is compiled
 * @param options       for the compiler
 * @param digest        stands for code and options
 * @param arguments     the arrays that it is called with, in order
 * @param workGroupSize work-items of a work-group along x, y and z, where the code fixes it; else empty
 */
public record ExportedKernel(
        String kernel,
        String symbol,
        String code,
        String options,
        String digest,
        List<Argument> arguments,
        List<Long> workGroupSize) {

    /**
     * An array in device memory.
     *
     * @param name of the Java parameter
     * @param type of an element, as {@code f32}
     */
    public record Argument(String name, String type) {}

    public ExportedKernel {
        arguments = List.copyOf(arguments);
        workGroupSize = List.copyOf(workGroupSize);
    }
}
