package dev.sirocco.runtime.hosted;

import dev.sirocco.runtime.codegen.GroupTarget;
import dev.sirocco.runtime.codegen.Groups;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.LlvmEmitter;
import dev.sirocco.runtime.codegen.PtxTarget;
import dev.sirocco.runtime.codegen.SpirvTarget;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.llvm.Bitcode;
import dev.sirocco.runtime.llvm.CodeCache;
import dev.sirocco.runtime.llvm.DeviceCompiler;
import dev.sirocco.runtime.llvm.HostCompiler;
import dev.sirocco.runtime.llvm.LlvmLibrary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;

/**
 * What is generated for a kind of device, made to run on the host.
 *
 * @param name     the kind of code
 * @param target   what is generated
 * @param compiler compiles what runs
 * @param onHost   turns a module's text and its kernel's name into LLVM IR for the host
 */
public record HostedCode(String name, GroupTarget target, CodeCache compiler, BinaryOperator<String> onHost) {
    /** A row of a grid whose groups do not divide it shows that work-items past the end leave. */
    private static final long SPIRV_LOOP_SIZE = 4;

    private static final HostCompiler HOST = ((LlvmLibrary.Present) LlvmLibrary.get()).host();

    /** One for the process: a module is loaded once. */
    private static final CodeCache CODE = new CodeCache(HOST);

    /** {@return the LLVM IR that becomes PTX} */
    public static HostedCode ptx() {
        return new HostedCode("ptx", new PtxTarget(), CODE, (ir, _) -> ir);
    }

    /** {@return SPIR-V modules, translated back} */
    public static HostedCode spirv(SpirvTranslator translator) {
        DeviceCompiler compiler = DeviceCompiler.spirv(HOST);
        Map<String, String> translated = new ConcurrentHashMap<>();
        return new HostedCode(
                "spirv",
                new SpirvTarget(),
                CODE,
                (ir, symbol) -> translated.computeIfAbsent(
                        ir, text -> Bitcode.text(HOST, translator.bitcode(compiler.compile(text, symbol, null)))));
    }

    /** {@return a kernel that can be run} */
    public HostedKernel compile(Function function, Launch launch) {
        String symbol = target.symbol(function);
        String module = onHost.apply(LlvmEmitter.emit(function, launch, target), symbol);
        HostText text = new HostText(module, symbol, arrays(launch));
        return new HostedKernel(
                compiler.get(text.ir(), HostText.ENTRY, null).get(), groups(launch), text.hasBarriers());
    }

    private static int arrays(Launch launch) {
        return (int) launch.arrays().stream().filter(array -> array != null).count();
    }

    private Groups groups(Launch launch) {
        if (target.flattensLoops() || !launch.loopNest()) {
            return Groups.of(launch);
        }
        List<Long> sizes = launch.sizes().reversed();
        long y = sizes.size() > 1 ? sizes.get(1) : 1;
        long z = sizes.size() > 2 ? sizes.get(2) : 1;
        return new Groups(
                List.of(Math.ceilDiv(sizes.getFirst(), SPIRV_LOOP_SIZE), y, z), List.of(SPIRV_LOOP_SIZE, 1L, 1L));
    }
}
