package dev.sirocco.runtime.reference;

import dev.sirocco.runtime.driver.LaunchGrid;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Runs the work-items of one group. Exactly one item runs at any time; the right to run is passed on in item order when
 * an item reaches a barrier or its end, and whoever passes it on as the last of the group decides what happens next.
 * Everything here is touched only by the thread that has that right.
 *
 * <p>Items run on the calling thread for as long as none waits at a barrier; an item that waits keeps its thread, and a
 * new virtual thread goes on with the items after it. So a kernel without barriers costs no thread at all.
 */
final class WorkGroup {
    private final KernelCall call;
    private final int[] groupId;
    private final WorkItem[] items; // x fastest
    private final List<Object> localArrays = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Semaphore decided = new Semaphore(0);
    private RuntimeException failure;

    WorkGroup(KernelCall call, LaunchGrid grid, int groupX, int groupY, int groupZ) {
        this.call = call;
        this.groupId = new int[] {groupX, groupY, groupZ};
        this.items = new WorkItem[grid.localSize(0) * grid.localSize(1) * grid.localSize(2)];
        int index = 0;
        for (int z = 0; z < grid.localSize(2); z++) {
            for (int y = 0; y < grid.localSize(1); y++) {
                for (int x = 0; x < grid.localSize(0); x++) {
                    items[index] = new WorkItem(this, index, grid, groupId, new int[] {x, y, z});
                    index++;
                }
            }
        }
    }

    /** Runs all items to their end, or throws what stopped them. */
    void run() {
        runFrom(0);
        decided.acquireUninterruptibly();
        for (Thread thread : threads) {
            joinUninterruptibly(thread);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Runs an item that has not been started, and those after it while none of them waits. */
    private void runFrom(int first) {
        for (int index = first; index < items.length; index++) {
            WorkItem item = items[index];
            try {
                item.started(Thread.currentThread());
                call.invoke(item);
            } catch (WorkItem.Abandoned _) {
                return;
            } catch (Throwable thrown) {
                stop(call.failure(" in " + item, thrown));
                return;
            }
            item.ended();
            if (item.barriers() > 0) {
                passOn(index);
                return;
            }
        }
        endOfPhase();
    }

    /** Called by an item that is about to wait. */
    void passOn(int index) {
        int next = index + 1;
        if (next == items.length) {
            endOfPhase();
        } else if (items[next].isStarted()) {
            items[next].resume(false);
        } else {
            Thread thread = Thread.ofVirtual().unstarted(() -> runFrom(next));
            threads.add(thread);
            thread.start();
        }
    }

    /** Every item has reached its end or a barrier. */
    private void endOfPhase() {
        List<WorkItem> waiting =
                Arrays.stream(items).filter(item -> !item.isEnded()).toList();
        if (waiting.isEmpty()) {
            decided.release();
        } else if (waiting.size() == items.length) {
            items[0].resume(false);
        } else {
            WorkItem missing =
                    Arrays.stream(items).filter(WorkItem::isEnded).findFirst().orElseThrow();
            stop(call.misuse(
                    "in group " + Arrays.toString(groupId) + " " + waiting.size() + " of " + items.length
                            + " work-items wait at a barrier that " + missing
                            + " never reaches; every item of a group must reach every barrier",
                    waiting.getFirst().stack()));
        }
    }

    /** Ends the group early: items that wait are unwound, items that were not started stay so. */
    private void stop(RuntimeException reason) {
        failure = reason;
        for (WorkItem item : items) {
            if (item.isStarted() && !item.isEnded()) {
                item.resume(true);
            }
        }
        decided.release();
    }

    /** {@return the group's local array that is allocated at this place in the kernel: the same for every item} */
    <T> T localArray(WorkItem item, int position, T fresh) {
        if (position == localArrays.size()) {
            localArrays.add(fresh);
            return fresh;
        }
        Object shared = localArrays.get(position);
        if (shared.getClass() != fresh.getClass() || Array.getLength(shared) != Array.getLength(fresh)) {
            stop(call.misuse(
                    item + " allocates " + describe(fresh) + " as local array " + (position + 1)
                            + ", another item of its" + " group " + describe(shared)
                            + "; every item must allocate the same arrays in the same order",
                    Thread.currentThread().getStackTrace()));
            throw WorkItem.Abandoned.INSTANCE;
        }
        @SuppressWarnings("unchecked")
        T same = (T) shared;
        return same;
    }

    private static String describe(Object array) {
        return array.getClass().getComponentType().getSimpleName() + "[" + Array.getLength(array) + "]";
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
