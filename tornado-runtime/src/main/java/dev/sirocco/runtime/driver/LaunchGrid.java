package dev.sirocco.runtime.driver;

import java.util.Arrays;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * A worker grid whose numbers were checked: every size is at least one and fits an {@code int}, and groups tile the
 * grid. Arrays are (x, y, z).
 */
public final class LaunchGrid {
    private final int[] globalSize;
    private final int[] localSize;

    private LaunchGrid(int[] globalSize, int[] localSize) {
        this.globalSize = globalSize;
        this.localSize = localSize;
    }

    /**
     * Reads the grid as it is now.
     *
     * @param task {@code graph.task}, for messages
     * @throws TornadoRuntimeException if sizes are missing or do not fit each other. A size of groups is never chosen
     *     for the caller: a kernel with local memory depends on it, and TornadoVM computes wrong results without one
     */
    public static LaunchGrid of(String task, WorkerGrid grid) {
        long[] global = grid.getGlobalWork();
        long[] local = grid.getLocalWork();
        if (local == null) {
            throw new TornadoRuntimeException("Task " + task + ": its worker grid has no local size; call "
                    + "setLocalWork(x, y, z) with sizes that divide the global work " + Arrays.toString(global));
        }
        int[] globalSize = new int[3];
        int[] localSize = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            if (global[axis] < 1 || global[axis] > Integer.MAX_VALUE || local[axis] < 1) {
                throw new TornadoRuntimeException("Task " + task + ": a worker grid of global work "
                        + Arrays.toString(global) + " and local work " + Arrays.toString(local)
                        + " cannot be launched; sizes are from 1 to 2147483647");
            }
            if (global[axis] % local[axis] != 0) {
                throw new TornadoRuntimeException("Task " + task + ": the local work " + Arrays.toString(local)
                        + " does not divide the global work " + Arrays.toString(global)
                        + "; round the global work up and let the kernel skip what is past the end");
            }
            if (grid.getGlobalOffset()[axis] != 0) {
                throw new TornadoRuntimeException(
                        "Task " + task + ": a global offset is not supported; add it to the " + "index in the kernel");
            }
            globalSize[axis] = Math.toIntExact(global[axis]);
            localSize[axis] = Math.toIntExact(local[axis]);
        }
        return new LaunchGrid(globalSize, localSize);
    }

    /** {@return whether the grid still has the sizes that were checked; allocates nothing} */
    public boolean matches(WorkerGrid grid) {
        return equal(globalSize, grid.getGlobalWork()) && equal(localSize, grid.getLocalWork());
    }

    /** {@return work-items in the whole grid along an axis (0 = x)} */
    public int globalSize(int axis) {
        return globalSize[axis];
    }

    /** {@return work-items in one group along an axis (0 = x)} */
    public int localSize(int axis) {
        return localSize[axis];
    }

    /** {@return groups along an axis (0 = x)} */
    public int groups(int axis) {
        return globalSize[axis] / localSize[axis];
    }

    private static boolean equal(int[] checked, long[] now) {
        return now != null && checked[0] == now[0] && checked[1] == now[1] && checked[2] == now[2];
    }

    @Override
    public String toString() {
        return "global " + Arrays.toString(globalSize) + " local " + Arrays.toString(localSize);
    }
}
