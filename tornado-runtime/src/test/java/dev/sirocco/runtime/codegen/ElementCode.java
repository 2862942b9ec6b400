package dev.sirocco.runtime.codegen;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sirocco.runtime.hosted.HostedCode;
import dev.sirocco.runtime.hosted.HostedCompiler;
import dev.sirocco.runtime.hosted.SpirvTranslator;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import dev.sirocco.runtime.ptx.PtxCard;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** What a function of independent work-items is compiled to and run as. */
enum ElementCode {
    HOST,
    PTX,
    SPIRV;

    private static final int ALIGNMENT = 256;

    /** Runs all work-items over arrays. */
    void run(Function function, List<? extends TornadoNativeArray> arrays, FloatMode mode) {
        if (this == HOST) {
            HostKernel.compile(function, List.copyOf(arrays), mode).run();
            return;
        }
        run(code(), function, arrays, mode);
    }

    /** Runs all work-items over arrays. */
    static void run(HostedCompiler code, Function function, List<? extends TornadoNativeArray> arrays, FloatMode mode) {
        Launch launch = Launch.of(function, List.copyOf(arrays), null, mode);
        try (Arena arena = Arena.ofConfined()) {
            List<MemorySegment> copies = new ArrayList<>();
            for (TornadoNativeArray array : arrays) {
                copies.add(
                        arena.allocate(array.getSegment().byteSize(), ALIGNMENT).copyFrom(array.getSegment()));
            }
            code.compile(function, launch).run(copies);
            for (int i = 0; i < copies.size(); i++) {
                arrays.get(i).getSegment().copyFrom(copies.get(i));
            }
        }
    }

    private HostedCompiler code() {
        if (this == PTX) {
            return new PtxCard(NvidiaArchitecture.AMPERE);
        }
        assumeTrue(SpirvTranslator.find().isPresent(), SpirvTranslator.REMEDY);
        return HostedCode.spirv(SpirvTranslator.find().orElseThrow());
    }
}
