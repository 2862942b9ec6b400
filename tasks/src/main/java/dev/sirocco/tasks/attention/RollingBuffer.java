package dev.sirocco.tasks.attention;

/**
 * The rule by which positions share slots: position p is kept in slot {@code p mod capacity} until position
 * {@code p + capacity} is written. The package documentation derives the capacity.
 *
 * @param window   how many positions a query sees, itself included
 * @param chunk    the most positions that are written before the first of them attends
 * @param context  the most positions that a sequence has
 * @param capacity slots
 */
public record RollingBuffer(int window, int chunk, int context, int capacity) {
    public RollingBuffer {
        if (window < 1 || chunk < 1 || context < 1) {
            throw new IllegalArgumentException(
                    "window " + window + ", chunk " + chunk + " and context " + context + " must be at least 1");
        }
        if (capacity < Math.min(context, (long) window + chunk - 1)) {
            throw new IllegalArgumentException("a rolling buffer of " + capacity + " slots is too small for window "
                    + window + " and chunk " + chunk + ": it needs min(context, window + chunk - 1)");
        }
    }

    /**
     * {@return the smallest buffer that serves}
     *
     * @param window  positions a query sees, itself included; 0 means all of them
     * @param chunk   the largest chunk
     * @param context the most positions that a sequence has
     */
    public static RollingBuffer of(int window, int chunk, int context) {
        int seen = window == 0 ? context : Math.min(window, context);
        return new RollingBuffer(seen, chunk, context, (int) Math.min(context, (long) seen + chunk - 1));
    }

    /** {@return the slot of a position} */
    public int slot(int position) {
        return position % capacity;
    }

    /**
     * Whether a sequence of which positions {@code 0 … written − 1} have been written at some time can go on from
     * {@code position}, which is to overwrite what was written there before.
     *
     * @param position the next position to be written
     * @param written  one more than the highest position written since the sequence began
     * @return true when everything that {@code position} sees is still there
     */
    public boolean holdsWindowBefore(int position, int written) {
        if (position < 0 || position > written) {
            return false;
        }
        return position == 0 || Math.max(0, position - window + 1) > written - 1 - capacity;
    }
}
