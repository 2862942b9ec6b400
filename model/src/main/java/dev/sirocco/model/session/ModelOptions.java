package dev.sirocco.model.session;

import dev.sirocco.tasks.graph.KernelSettings;
import java.util.Objects;
import java.util.OptionalInt;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * How a model is opened.
 *
 * @param device       where it runs, or null for the runtime's default device
 * @param window       the sliding window to use instead of the file's, 0 for none; empty to take the file's
 * @param listener     is told of progress
 * @param kernels      their shape and sizes
 * @param printKernels whether the runtime prints the code of each kernel that it compiles
 */
public record ModelOptions(
        TornadoDevice device, OptionalInt window, LoadListener listener, KernelSettings kernels, boolean printKernels) {
    /** Default device, the file's window, no progress, kernels in row shape. */
    public static final ModelOptions DEFAULT =
            new ModelOptions(null, OptionalInt.empty(), LoadListener.SILENT, KernelSettings.ROW, false);

    public ModelOptions {
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(kernels, "kernels");
    }

    public ModelOptions withDevice(TornadoDevice value) {
        return new ModelOptions(value, window, listener, kernels, printKernels);
    }

    public ModelOptions withWindow(int value) {
        return new ModelOptions(device, OptionalInt.of(value), listener, kernels, printKernels);
    }

    public ModelOptions withListener(LoadListener value) {
        return new ModelOptions(device, window, value, kernels, printKernels);
    }

    public ModelOptions withKernels(KernelSettings value) {
        return new ModelOptions(device, window, listener, value, printKernels);
    }

    public ModelOptions withPrintKernels(boolean value) {
        return new ModelOptions(device, window, listener, kernels, value);
    }
}
