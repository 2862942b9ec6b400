package dev.sirocco.runtime.codegen;

import java.util.List;

/**
 * How a launch is cut into groups, x first; always three axes.
 *
 * @param counts groups along each axis
 * @param sizes  work-items of a group along each axis
 */
public record Groups(List<Long> counts, List<Long> sizes) {
    /** Work-items of a group of an {@code @Parallel} nest. */
    public static final int LOOP_SIZE = 128;

    public Groups {
        counts = List.copyOf(counts);
        sizes = List.copyOf(sizes);
    }

    /** {@return the groups of a launch}; a nest of loops is one row of groups, the last of which may hang over */
    public static Groups of(Launch launch) {
        if (launch.loopNest()) {
            long total = launch.total();
            long size = Math.min(LOOP_SIZE, Math.max(32, Math.ceilDiv(total, 32L) * 32));
            return new Groups(List.of(Math.ceilDiv(total, size), 1L, 1L), List.of(size, 1L, 1L));
        }
        Long[] counts = {1L, 1L, 1L};
        Long[] sizes = {1L, 1L, 1L};
        for (int axis = 0; axis < launch.sizes().size(); axis++) {
            sizes[axis] = launch.groupSizes().get(axis);
            counts[axis] = launch.sizes().get(axis) / sizes[axis];
        }
        return new Groups(List.of(counts), List.of(sizes));
    }

    /** {@return work-items of one group} */
    public long items() {
        return sizes.stream().reduce(1L, Math::multiplyExact);
    }
}
