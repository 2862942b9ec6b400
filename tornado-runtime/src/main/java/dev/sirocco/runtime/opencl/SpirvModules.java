package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.llvm.DeviceCompiler;
import dev.sirocco.runtime.llvm.LlvmException;
import dev.sirocco.runtime.llvm.LlvmLibrary;

/** Makes SPIR-V modules. LLVM is loaded for the first of them. */
final class SpirvModules {
    private SpirvModules() {}

    /**
     * {@return the module of a kernel whose text is LLVM IR}
     *
     * @throws KernelException with the reason when LLVM is missing or refuses
     */
    static byte[] of(KernelSource source) {
        return switch (LlvmLibrary.get()) {
            case LlvmLibrary.Absent(String reason) ->
                throw new KernelException(source.kernel(), 0, "SPIR-V cannot be made: " + reason);
            case LlvmLibrary.Present(var host) -> {
                try {
                    yield DeviceCompiler.spirv(host).compile(source.text(), source.symbol(), null);
                } catch (LlvmException refused) {
                    throw new KernelException(source.kernel(), 0, refused.getMessage());
                }
            }
        };
    }
}
