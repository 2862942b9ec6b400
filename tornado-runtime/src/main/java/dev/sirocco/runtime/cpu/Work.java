package dev.sirocco.runtime.cpu;

/** Work-items that can be run in any order, and what was learned about their cost from the launches before. */
abstract class Work {
    private final long items;
    private double nanosPerItem = Double.NaN;

    /**
     * @param items how many work-items there are
     */
    Work(long items) {
        this.items = items;
    }

    /** Runs the work-items of [begin, end). Called by several threads at once, for ranges that do not overlap. */
    abstract void run(long begin, long end);

    final long items() {
        return items;
    }

    /** {@return what one thread would need for all work-items, in nanoseconds; very long before the first launch} */
    final double nanosAlone() {
        return Double.isNaN(nanosPerItem) ? Double.MAX_VALUE : nanosPerItem * items;
    }

    /** Learns from a measurement on one thread. The faster one counts: slow ones were disturbed. */
    final void measured(long itemsDone, long nanos) {
        if (itemsDone > 0) {
            double now = (double) nanos / itemsDone;
            nanosPerItem =
                    Double.isNaN(nanosPerItem) || now < nanosPerItem ? now : nanosPerItem + (now - nanosPerItem) / 16;
        }
    }
}
