package dev.sirocco.spi;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * What {@code TornadoExecutionPlan.with…} said, as one value.
 *
 * @param device        where to run, or null for the runtime's default device
 * @param gridScheduler the launch grids of KernelContext tasks, or null
 * @param profile       whether to measure each task
 * @param printKernel   whether to print generated code when a kernel is compiled
 * @param compilerFlags flags for the device compiler, or empty
 */
public record ExecutionSettings(
        TornadoDevice device, GridScheduler gridScheduler, boolean profile, boolean printKernel, String compilerFlags) {
    /** Default device, no grids, no profile. */
    public static final ExecutionSettings DEFAULT = new ExecutionSettings(null, null, false, false, "");

    public ExecutionSettings withDevice(TornadoDevice value) {
        return new ExecutionSettings(value, gridScheduler, profile, printKernel, compilerFlags);
    }

    public ExecutionSettings withGridScheduler(GridScheduler value) {
        return new ExecutionSettings(device, value, profile, printKernel, compilerFlags);
    }

    public ExecutionSettings withProfile(boolean value) {
        return new ExecutionSettings(device, gridScheduler, value, printKernel, compilerFlags);
    }

    public ExecutionSettings withPrintKernel(boolean value) {
        return new ExecutionSettings(device, gridScheduler, profile, value, compilerFlags);
    }

    public ExecutionSettings withCompilerFlags(String value) {
        return new ExecutionSettings(device, gridScheduler, profile, printKernel, value);
    }
}
