package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Function;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * What a kernel is compiled for besides its own code. Lists of sizes are indexed by dimension as {@link
 * dev.sirocco.runtime.ir.Op.ThreadId} counts them.
 *
 * @param sizes      work-items in each dimension
 * @param groupSizes work-items of one group in each dimension; empty when the launch leaves it open. Groups of loops
 *     may reach past the end
 * @param loopNest   whether dimension 0 is the outermost loop (an {@code @Parallel} nest) and not the x of a grid
 * @param arrays     one for each parameter of the function; null for those that are no arrays
 * @param floats     how freely floating-point arithmetic may be rewritten
 */
public record Launch(List<Long> sizes, List<Long> groupSizes, boolean loopNest, List<Array> arrays, FloatMode floats) {

    /**
     * What is known about an argument array.
     *
     * @param sizeBytes its size
     * @param region    arrays of equal region may share memory; all others are known to be apart
     */
    public record Array(long sizeBytes, int region) {}

    public Launch {
        sizes = List.copyOf(sizes);
        groupSizes = List.copyOf(groupSizes);
        arrays = IntStream.range(0, arrays.size()).mapToObj(arrays::get).toList();
    }

    /**
     * {@return the launch of a function over host arrays}
     *
     * @param arguments in the order of the function's parameters
     * @param grid      the grid of a KernelContext kernel; null for {@code @Parallel} loops, and for kernels without
     *     either, which are one work-item
     */
    public static Launch of(Function function, List<Object> arguments, WorkerGrid grid, FloatMode floats) {
        List<Array> arrays = arrays(arguments);
        if (function.isLoopParallel()) {
            return new Launch(function.domain(), List.of(), true, arrays, floats);
        }
        if (grid == null) {
            return new Launch(List.of(1L), List.of(), true, arrays, floats);
        }
        int dimensions = grid.dimension();
        long[] local = grid.getLocalWork();
        return new Launch(
                first(grid.getGlobalWork(), dimensions),
                local == null ? List.of() : first(local, dimensions),
                false,
                arrays,
                floats);
    }

    /** {@return the same launch of loops, the innermost in groups of a size; groups may reach past its end} */
    public Launch inGroupsOf(long innermost) {
        List<Long> groups = new ArrayList<>(Collections.nCopies(sizes.size(), 1L));
        groups.set(sizes.size() - 1, innermost);
        return new Launch(sizes, groups, loopNest, arrays, floats);
    }

    /** {@return all work-items} */
    public long total() {
        return sizes.stream().reduce(1L, Math::multiplyExact);
    }

    /** {@return the dimensions from the slowest to the fastest} */
    public List<Integer> slowestFirst() {
        int n = sizes.size();
        return IntStream.range(0, n).map(i -> loopNest ? i : n - 1 - i).boxed().toList();
    }

    /** {@return whether no other array of the launch shares memory with this parameter's} */
    public boolean isApart(int parameter) {
        int region = arrays.get(parameter).region();
        return IntStream.range(0, arrays.size())
                .noneMatch(i ->
                        i != parameter && arrays.get(i) != null && arrays.get(i).region() == region);
    }

    /**
     * {@return what is known about arguments that are arrays, and null for others} Regions are numbered by first
     * appearance, so that equal situations give equal launches.
     */
    public static List<Array> arrays(List<Object> arguments) {
        List<Array> arrays = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            arrays.add(
                    arguments.get(i) instanceof TornadoNativeArray array
                            ? new Array(array.getNumBytesOfSegment(), i)
                            : null);
        }
        for (int i = 0; i < arguments.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (overlap(arguments.get(i), arguments.get(j))) {
                    merge(arrays, arrays.get(i).region(), arrays.get(j).region());
                }
            }
        }
        return arrays;
    }

    private static boolean overlap(Object a, Object b) {
        if (!(a instanceof TornadoNativeArray first) || !(b instanceof TornadoNativeArray second)) {
            return false;
        }
        long firstStart = first.getSegment().address();
        long secondStart = second.getSegment().address();
        return firstStart < secondStart + second.getNumBytesOfSegment()
                && secondStart < firstStart + first.getNumBytesOfSegment();
    }

    private static void merge(List<Array> arrays, int region, int other) {
        int kept = Math.min(region, other);
        arrays.replaceAll(array -> array != null && (array.region() == region || array.region() == other)
                ? new Array(array.sizeBytes(), kept)
                : array);
    }

    private static List<Long> first(long[] values, int count) {
        return IntStream.range(0, count).mapToObj(i -> values[i]).toList();
    }
}
