package dev.sirocco.runtime.cpu;

/** The work-items of a launch, and what was learned about their cost from the launches before. */
final class Work {
    private final long arguments;
    private final long items;
    private double nanosPerItem = Double.NaN;

    /**
     * @param arguments the address of the kernel's argument table
     * @param items     how many work-items there are
     */
    Work(long arguments, long items) {
        this.arguments = arguments;
        this.items = items;
    }

    long arguments() {
        return arguments;
    }

    long items() {
        return items;
    }

    /** {@return what one thread would need for all work-items, in nanoseconds; very long before the first launch} */
    double nanosAlone() {
        return Double.isNaN(nanosPerItem) ? Double.MAX_VALUE : nanosPerItem * items;
    }

    /** Learns from a measurement on one thread. The faster one counts: slow ones were disturbed. */
    void measured(long itemsDone, long nanos) {
        if (itemsDone > 0) {
            double now = (double) nanos / itemsDone;
            nanosPerItem =
                    Double.isNaN(nanosPerItem) || now < nanosPerItem ? now : nanosPerItem + (now - nanosPerItem) / 16;
        }
    }
}
