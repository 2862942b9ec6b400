package dev.sirocco.runtime.hosted;

import dev.sirocco.runtime.codegen.Groups;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.LlvmEmitter;
import dev.sirocco.runtime.codegen.SpirvTarget;
import dev.sirocco.runtime.codegen.opencl.OpenClEmitter;
import dev.sirocco.runtime.codegen.opencl.OpenClTarget;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.llvm.Bitcode;
import dev.sirocco.runtime.llvm.DeviceCompiler;
import dev.sirocco.runtime.llvm.HostCompiler;
import dev.sirocco.runtime.llvm.LlvmLibrary;
import dev.sirocco.runtime.llvm.QuickCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * What is generated for OpenCL, made to run on the host.
 *
 * @param module makes of a kernel what the host runs
 */
public record HostedCode(BiFunction<Function, Launch, Module> module) implements HostedCompiler {
    /** A row of a grid whose groups do not divide it shows that work-items past the end leave. */
    private static final long SPIRV_LOOP_SIZE = 4;

    private static final HostCompiler HOST = ((LlvmLibrary.Present) LlvmLibrary.get()).host();

    /** One for the process: a module is loaded once. */
    private static final QuickCode CODE = new QuickCode(HOST);

    /** LLVM IR, and the name of the kernel in it. */
    record Module(String ir, String symbol) {}

    /** {@return SPIR-V modules, translated back} */
    public static HostedCode spirv(SpirvTranslator translator) {
        DeviceCompiler compiler = DeviceCompiler.spirv(HOST);
        SpirvTarget target = new SpirvTarget();
        Map<Module, Module> translated = new ConcurrentHashMap<>();
        return new HostedCode((function, launch) -> {
            Module emitted = new Module(LlvmEmitter.emit(function, launch, target), target.symbol(function));
            return translated.computeIfAbsent(emitted, module -> {
                byte[] code = compiler.compile(module.ir, module.symbol, null);
                return new Module(Bitcode.text(HOST, translator.bitcode(code)), module.symbol);
            });
        });
    }

    /** {@return OpenCL C for a device, compiled by clang} */
    public static HostedCode openCl(Clang clang, OpenClTarget device) {
        return new HostedCode((function, launch) -> {
            byte[] code = clang.bitcode(OpenClEmitter.emit(function, launch, device));
            return new Module(Bitcode.text(HOST, code), OpenClEmitter.symbol(function));
        });
    }

    @Override
    public HostedKernel compile(Function function, Launch launch) {
        Module made = module.apply(function, launch);
        HostText text = new HostText(made.ir, made.symbol, arrays(launch));
        return new HostedKernel(CODE.get(text.ir(), HostText.ENTRY), groups(launch), text.hasBarriers());
    }

    private static int arrays(Launch launch) {
        return (int) launch.arrays().stream().filter(array -> array != null).count();
    }

    private static Groups groups(Launch launch) {
        if (!launch.loopNest()) {
            return Groups.of(launch);
        }
        List<Long> sizes = launch.sizes().reversed();
        long y = sizes.size() > 1 ? sizes.get(1) : 1;
        long z = sizes.size() > 2 ? sizes.get(2) : 1;
        return new Groups(
                List.of(Math.ceilDiv(sizes.getFirst(), SPIRV_LOOP_SIZE), y, z), List.of(SPIRV_LOOP_SIZE, 1L, 1L));
    }
}
