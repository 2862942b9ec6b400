package dev.sirocco.runtime.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.pass.FrontEnd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class LaunchTest {
    static void add(FloatArray a, FloatArray b, FloatArray c, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            c.set(i, a.get(i) + b.get(i));
        }
    }

    static void corner(IntArray out, int rows, int columns) {
        for (@Parallel int r = 0; r < rows; r++) {
            for (@Parallel int c = 0; c < columns; c++) {
                if (r == rows - 1 && c >= columns - 10) {
                    out.set(c - (columns - 10), r + c);
                }
            }
        }
    }

    static void localIds(KernelContext context, IntArray out) {
        out.set(context.globalIdx, context.localIdx);
    }

    static void sharesWork(KernelContext context, IntArray out) {
        int[] shared = context.allocateIntLocalArray(4);
        shared[context.localIdx] = 1;
        out.set(context.globalIdx, shared[0]);
    }

    static void hoards(IntArray out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            int[] many = new int[100_000];
            many[i] = i;
            out.set(i, many[out.get(i)]);
        }
    }

    static void once(IntArray out) {
        out.set(0, out.get(0) + 1);
    }

    private static Function function(String name, Object... arguments) {
        return FrontEnd.compile(
                Arrays.stream(LaunchTest.class.getDeclaredMethods())
                        .filter(m -> m.getName().equals(name))
                        .findFirst()
                        .orElseThrow(),
                List.of(arguments),
                null);
    }

    private static FloatArray wrap(MemorySegment memory, long offset, int elements) {
        return FloatArray.fromSegmentShallow(memory.asSlice(offset, FloatArray.ARRAY_HEADER + 4L * elements));
    }

    @Test
    void arraysThatShareMemoryAreOneRegion() {
        MemorySegment memory = Arena.ofAuto().allocate(4096, 64);
        FloatArray first = wrap(memory, 0, 100);
        FloatArray overlapping = wrap(memory, 256, 100);
        FloatArray apart = wrap(memory, 1024, 100);
        List<Object> arguments = List.of(first, apart, overlapping, 100);
        Launch launch = Launch.of(function("add", arguments.toArray()), arguments, null, FloatMode.RELAXED);
        assertEquals(launch.arrays().get(0).region(), launch.arrays().get(2).region());
        assertFalse(launch.isApart(0));
        assertTrue(launch.isApart(1));
        assertFalse(launch.isApart(2));
    }

    @Test
    void onlyArraysThatAreApartAreMarkedSo() {
        FloatArray a = new FloatArray(64);
        FloatArray c = new FloatArray(64);
        List<Object> arguments = List.of(a, a, c, 64);
        Function function = function("add", arguments.toArray());
        String ir = LlvmEmitter.emit(
                function, Launch.of(function, arguments, null, FloatMode.RELAXED), new HostTarget(0, DotUnit.NONE));
        assertTrue(ir.contains("  ptr nocapture readonly align 4 dereferenceable(256) %a.0,"), ir);
        assertTrue(ir.contains("  ptr noalias nocapture writeonly align 4 dereferenceable(256) %c.2,"), ir);
    }

    @Test
    void domainsPast32BitsCount() {
        int rows = 90_000;
        int columns = 70_000;
        IntArray out = new IntArray(10);
        List<Object> arguments = List.of(out, rows, columns);
        long total = (long) rows * columns;
        HostKernel kernel = HostKernel.compile(function("corner", arguments.toArray()), arguments, FloatMode.STRICT);
        kernel.run(total - 20, total);
        for (int i = 0; i < 10; i++) {
            assertEquals(rows - 1 + columns - 10 + i, out.get(i));
        }
    }

    @Test
    void aKernelWithoutLoopsOrGridIsOneWorkItem() {
        IntArray out = new IntArray(1);
        HostKernel kernel = HostKernel.compile(function("once", out), List.of(out), FloatMode.STRICT);
        kernel.run();
        kernel.run();
        assertEquals(2, out.get(0));
    }

    @Test
    void anEmptyDomainRunsNothing() {
        FloatArray a = FloatArray.fromElements(1, 2);
        FloatArray c = new FloatArray(2);
        HostKernel.compile(function("add", a, a, c, 0), List.of(a, a, c, 0), FloatMode.STRICT)
                .run();
        assertEquals(0f, c.get(0));
    }

    private static String refusal(String kernel, WorkerGrid2D grid, Object... arguments) {
        Function function = function(kernel, arguments);
        return assertThrows(
                        KernelException.class,
                        () -> LlvmEmitter.emit(
                                function,
                                Launch.of(function, List.of(arguments), grid, FloatMode.RELAXED),
                                new HostTarget(0, DotUnit.NONE)))
                .getMessage();
    }

    @Test
    void whatTheHostCannotRunIsRefusedWithARemedy() {
        WorkerGrid2D grid = new WorkerGrid2D(8, 1);
        String unset = refusal("localIds", grid, new KernelContext(), new IntArray(8));
        assertTrue(unset.startsWith("kernel LaunchTest.localIds (line "), unset);
        assertTrue(unset.contains("call setLocalWork"), unset);
        String shared = refusal("sharesWork", grid, new KernelContext(), new IntArray(8));
        assertTrue(shared.contains("no work-groups"), shared);
        String hoard = refusal("hoards", null, new IntArray(8), 8);
        assertTrue(hoard.contains("more than 262144 bytes of private arrays"), hoard);
    }
}
