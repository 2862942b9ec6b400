package dev.sirocco.runtime.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sirocco.runtime.ptx.PtxFault;
import dev.sirocco.runtime.ptx.PtxKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Lets the virtual card carry out what the stand-in for libcuda is asked to launch. A fault is printed, and becomes the
 * status of an illegal address.
 */
public final class VirtualCuda {
    private static final int ILLEGAL_ADDRESS = 700;
    private static final int AXES = 3;

    private static final Map<Long, PtxKernel> KERNELS = new ConcurrentHashMap<>();

    private VirtualCuda() {}

    /**
     * Connects a library with the virtual card, for the rest of the process.
     *
     * @param library the stand-in
     */
    @SuppressWarnings("restricted")
    public static void connect(Path library) {
        try {
            MethodHandle launch = MethodHandles.lookup()
                    .findStatic(
                            VirtualCuda.class,
                            "launch",
                            MethodType.methodType(
                                    int.class,
                                    MemorySegment.class,
                                    MemorySegment.class,
                                    MemorySegment.class,
                                    int.class,
                                    MemorySegment.class,
                                    MemorySegment.class));
            MemorySegment carrier = Linker.nativeLinker()
                    .upcallStub(
                            launch,
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS),
                            Arena.global());
            Linker.nativeLinker()
                    .downcallHandle(
                            SymbolLookup.libraryLookup(library, Arena.global()).findOrThrow("fake_cuda_carry_out"),
                            FunctionDescriptor.ofVoid(ADDRESS))
                    .invokeExact(carrier);
        } catch (Throwable thrown) {
            throw new AssertionError(thrown);
        }
    }

    private static int launch(
            MemorySegment image,
            MemorySegment groups,
            MemorySegment sizes,
            int arrays,
            MemorySegment addresses,
            MemorySegment bytes) {
        try {
            PtxKernel kernel = KERNELS.computeIfAbsent(image.address(), _ -> PtxKernel.of(text(image)));
            kernel.run(axes(groups), axes(sizes), segments(arrays, addresses, bytes));
            return 0;
        } catch (PtxFault fault) {
            System.err.println("virtual card: " + fault.getMessage());
            return ILLEGAL_ADDRESS;
        } catch (RuntimeException | Error failure) {
            failure.printStackTrace(); // nothing may be thrown through native code
            return ILLEGAL_ADDRESS;
        }
    }

    @SuppressWarnings("restricted")
    private static byte[] text(MemorySegment image) {
        MemorySegment all = image.reinterpret(Long.MAX_VALUE);
        return all.asSlice(0, all.getString(0).length()).toArray(JAVA_BYTE);
    }

    @SuppressWarnings("restricted")
    private static List<Long> axes(MemorySegment numbers) {
        int[] axes = numbers.reinterpret(AXES * JAVA_INT.byteSize()).toArray(JAVA_INT);
        return Arrays.stream(axes).mapToObj(Long::valueOf).toList();
    }

    @SuppressWarnings("restricted")
    private static List<MemorySegment> segments(int arrays, MemorySegment addresses, MemorySegment bytes) {
        MemorySegment from = addresses.reinterpret(arrays * JAVA_LONG.byteSize());
        MemorySegment sizes = bytes.reinterpret(arrays * JAVA_LONG.byteSize());
        return IntStream.range(0, arrays)
                .mapToObj(i -> MemorySegment.ofAddress(from.getAtIndex(JAVA_LONG, i))
                        .reinterpret(sizes.getAtIndex(JAVA_LONG, i)))
                .toList();
    }
}
