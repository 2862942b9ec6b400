package dev.sirocco.runtime.ptx;

import dev.sirocco.runtime.codegen.Groups;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.LlvmEmitter;
import dev.sirocco.runtime.codegen.PtxTarget;
import dev.sirocco.runtime.hosted.HostedCompiler;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.llvm.DeviceCompiler;
import dev.sirocco.runtime.llvm.LlvmLibrary;
import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Kernels as PTX of one generation, as its cards are given them. Each is compiled once. Thread-safe. */
public final class PtxCard implements HostedCompiler {
    /** What kernels asked for since it was last taken, by the kernel's symbol; null where nobody asked. */
    private static Map<String, PtxCounts> counted;

    private final PtxTarget target = new PtxTarget();
    private final DeviceCompiler compiler;
    private final Map<String, PtxKernel> kernels = new ConcurrentHashMap<>();

    /** LLVM must be there. */
    public PtxCard(NvidiaArchitecture generation) {
        this.compiler = DeviceCompiler.ptx(((LlvmLibrary.Present) LlvmLibrary.get()).host(), generation);
    }

    @Override
    public Code compile(Function function, Launch launch) {
        PtxKernel kernel = kernels.computeIfAbsent(
                LlvmEmitter.emit(function, launch, target),
                ir -> PtxKernel.of(compiler.compile(ir, target.symbol(function), null)));
        Groups groups = Groups.of(launch);
        String symbol = target.symbol(function);
        return launch.total() == 0
                ? _ -> {}
                : arrays -> keep(symbol, kernel.run(groups.counts(), groups.sizes(), arrays));
    }

    /** {@return what the last launch of each kernel asked for, since the last call} The first call begins to keep it. */
    public static synchronized Map<String, PtxCounts> takeCounts() {
        Map<String, PtxCounts> taken = counted == null ? Map.of() : counted;
        counted = new TreeMap<>();
        return taken;
    }

    private static synchronized void keep(String symbol, PtxCounts counts) {
        if (counted != null) {
            counted.put(symbol, counts);
        }
    }
}
