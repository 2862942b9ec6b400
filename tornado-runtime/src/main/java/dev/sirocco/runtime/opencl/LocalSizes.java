package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceKind;

/**
 * Chooses the work-groups of kernels that leave it open. GPUs get whole wavefronts: left to themselves their drivers
 * look for a divisor of the global size, which may be 1. Processors run a group as a loop: theirs divide the range, so
 * that kernels of different ranges are the same, and leave several groups for each core. Accelerators choose.
 */
final class LocalSizes {
    /** The system property that sets the size of groups along the innermost loop; 0 for the driver's choice. */
    private static final String PROPERTY = "sirocco.opencl.group";

    /** A wavefront of AMD's, two warps of NVIDIA's. */
    private static final int GPU_GROUP = 64;

    /** Enough for vectors of work-items. */
    private static final int LARGEST_CPU_GROUP = 64;

    /** For cores that are not equally fast. */
    private static final int GROUPS_OF_A_CORE = 4;

    private static final int UNSET = -1;

    private LocalSizes() {}

    /** {@return a launch with its groups; those of a grid remain} */
    static Launch divide(Launch launch, DeviceDescription device) {
        if (!launch.loopNest() || launch.total() < leastTotal(device)) {
            return launch;
        }
        int group = group(launch, device);
        return group == 0 ? launch : launch.inGroupsOf(group);
    }

    /** {@return how many work-items are divided} Processors' kernels of one are those of many, in groups of one. */
    private static int leastTotal(DeviceDescription device) {
        return device.kind() == DeviceKind.CPU ? 1 : 2;
    }

    /** {@return all that decides besides the launch} */
    static String describe(DeviceDescription device) {
        return String.join(
                " ",
                "" + device.kind(),
                "" + device.limits().maxWorkGroupSize(),
                "" + device.limits().maxWorkItemSizes(),
                "" + device.computeUnits(),
                "" + Integer.getInteger(PROPERTY, UNSET));
    }

    private static int group(Launch launch, DeviceDescription device) {
        int most = Math.min(
                device.limits().maxWorkGroupSize(),
                device.limits().maxWorkItemSizes().getFirst());
        int set = Integer.getInteger(PROPERTY, UNSET);
        if (set < UNSET || set > most) {
            throw new IllegalArgumentException(
                    "-D" + PROPERTY + " must be from 0 to " + most + " on " + device.id() + ", not " + set);
        }
        if (set != UNSET) {
            return set;
        }
        return switch (device.kind()) {
            case GPU -> Math.min(GPU_GROUP, most);
            case CPU -> divisor(launch, Math.min(LARGEST_CPU_GROUP, most), device.computeUnits());
            case ACCELERATOR -> 0;
        };
    }

    /** {@return the largest power of two that divides the innermost range and leaves enough groups} */
    private static int divisor(Launch launch, int most, int cores) {
        long innermost = launch.sizes().getLast();
        int group = 1;
        while (2 * group <= most
                && innermost % (2 * group) == 0
                && launch.total() / (2 * group) >= (long) GROUPS_OF_A_CORE * cores) {
            group *= 2;
        }
        return group;
    }
}
