package dev.sirocco.runtime.export;

import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A kernel as a device's compiler would get it.
 *
 * @param kernel        the Java method, as {@code Class.method}
 * @param symbol        the kernel's name in the code
 * @param code          what is compiled: text as UTF-8, or a module of SPIR-V; not copied
 * @param options       for the compiler
 * @param digest        stands for code and options
 * @param arguments     the arrays that it is called with, in order
 * @param workGroupSize work-items of a work-group along x, y and z, where the code fixes it; else empty
 */
public record ExportedKernel(
        String kernel,
        String symbol,
        byte[] code,
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

    /** {@return the code of a function, compiled for a launch} */
    public static ExportedKernel of(
            Function function, Launch launch, String symbol, byte[] code, String options, String digest) {
        List<Argument> arguments = new ArrayList<>();
        for (Value parameter : function.parameters()) {
            if (parameter.type() instanceof Type.Array array) {
                arguments.add(new Argument(parameter.name(), array.element().toString()));
            }
        }
        return new ExportedKernel(
                function.declaredIn() + "." + function.name(),
                symbol,
                code,
                options,
                digest,
                arguments,
                launch.loopNest() ? launch.groupSizes().reversed() : launch.groupSizes());
    }
}
