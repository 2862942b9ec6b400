package dev.sirocco.runtime.codegen;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.llvm.CodeCache;
import dev.sirocco.runtime.llvm.HostCompiler;
import dev.sirocco.runtime.llvm.LlvmLibrary;
import dev.sirocco.runtime.llvm.NativeCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A function compiled for the host, run over its whole domain or a part of it. */
public final class HostKernel {
    private static final HostCompiler HOST =
            assertInstanceOf(LlvmLibrary.Present.class, LlvmLibrary.get()).host();
    private static final CodeCache CODE = new CodeCache(HOST);

    private final Launch launch;
    private final MemorySegment code;
    private final List<TornadoNativeArray> arrays;

    private HostKernel(Launch launch, MemorySegment code, List<TornadoNativeArray> arrays) {
        this.launch = launch;
        this.code = code;
        this.arrays = arrays;
    }

    public static HostKernel compile(Function function, List<Object> arguments, FloatMode floats) {
        return compile(function, arguments, floats, new HostTarget(0, DotUnit.NONE));
    }

    static HostKernel compile(Function function, List<Object> arguments, FloatMode floats, HostTarget target) {
        Launch launch = Launch.of(function, arguments, null, floats);
        String ir = LlvmEmitter.emit(function, launch, target);
        List<TornadoNativeArray> arrays = arguments.stream()
                .filter(TornadoNativeArray.class::isInstance)
                .map(TornadoNativeArray.class::cast)
                .toList();
        return new HostKernel(
                launch, CODE.get(ir, LlvmEmitter.symbol(function), null).get(), arrays);
    }

    /** {@return the units for dot products that this machine has} */
    static List<DotUnit> dotUnits() {
        return Arrays.stream(DotUnit.values())
                .filter(unit -> switch (unit) {
                    case NONE -> true;
                    case DP4A -> false;
                    case VNNI_256 -> has("avxvnni") || has("avx512vnni") && has("avx512vl");
                    case VNNI_512 -> has("avx512vnni") && has("avx512vl") && has("avx512bw");
                    case MULTIPLY_ADD_128 -> has("ssse3");
                    case MULTIPLY_ADD_256 -> has("avx2");
                    case MULTIPLY_ADD_512 -> has("avx512bw");
                })
                .toList();
    }

    private static boolean has(String feature) {
        return HOST.machine().has(feature);
    }

    public void run() {
        run(0, launch.total());
    }

    public void run(long begin, long end) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment table = arena.allocate(ValueLayout.ADDRESS, Math.max(1, arrays.size()));
            for (int i = 0; i < arrays.size(); i++) {
                table.setAtIndex(ValueLayout.ADDRESS, i, arrays.get(i).getSegment());
            }
            NativeCall.call(code, table.address(), begin, end);
        }
    }
}
