package dev.sirocco.runtime.cuda;

import dev.sirocco.runtime.cache.Digest;
import dev.sirocco.runtime.cache.KeptFiles;
import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.PtxTarget;
import dev.sirocco.runtime.codegen.WarpTiles;
import dev.sirocco.runtime.llvm.DeviceCompiler;
import dev.sirocco.runtime.llvm.LlvmException;
import dev.sirocco.runtime.llvm.LlvmLibrary;
import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import dev.sirocco.runtime.source.KernelCodes;
import dev.sirocco.runtime.source.LlvmCode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * PTX for one generation of cards: kept from an earlier process, or made by LLVM, which is loaded only then. Names
 * stand for everything that the PTX depends on and are known without LLVM, so that files can be made on one machine and
 * used on another. Thread-safe.
 */
final class PtxCode {
    private final NvidiaArchitecture architecture;
    private final KeptFiles kept;
    private DeviceCompiler compiler;

    PtxCode(NvidiaArchitecture architecture, KeptFiles kept) {
        this.architecture = architecture;
        this.kept = kept;
    }

    /** {@return the LLVM IR that PTX is made of, which is the same for all generations, kept in a cache folder} */
    static KernelCodes kernels(FloatMode floats, Path cache) {
        return new KernelCodes(new LlvmCode(new PtxTarget(), floats), "ptx " + floats, cache);
    }

    /**
     * {@return PTX as UTF-8}
     *
     * @param ir     LLVM IR
     * @param symbol the kernel's name in it
     * @param print  where IR and PTX are printed (which makes it anew), or null
     * @throws LlvmException when it is not kept and LLVM is missing or refuses, or such cards cannot run it
     */
    byte[] of(String ir, String symbol, PrintStream print) {
        if (!architecture.multipliesTiles() && ir.contains(WarpTiles.MARK)) {
            throw new LlvmException(
                    "kernel " + symbol + ": " + WarpTiles.NONE + "; its code is made for " + architecture.sm());
        }
        String name = symbol + "." + Digest.name(DeviceCompiler.ptxOptions(architecture) + "\n" + ir);
        Optional<byte[]> earlier = print == null ? kept.find(name) : Optional.empty();
        if (earlier.isPresent()) {
            return earlier.get();
        }
        byte[] made = compiler(symbol).compile(ir, symbol, print);
        kept.keep(name, made);
        return made;
    }

    private synchronized DeviceCompiler compiler(String symbol) {
        if (compiler == null) {
            compiler = switch (LlvmLibrary.get()) {
                case LlvmLibrary.Present present -> DeviceCompiler.ptx(present.host(), architecture);
                case LlvmLibrary.Absent(String reason) ->
                    throw new LlvmException("kernel " + symbol + ": no PTX for " + architecture.sm()
                            + " was brought along in " + kept + ", and it cannot be made: " + reason);
            };
        }
        return compiler;
    }
}
