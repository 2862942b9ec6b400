package dev.sirocco.model.session;

import dev.sirocco.tasks.attention.AttentionWindows;
import dev.sirocco.tasks.graph.KernelSettings;
import java.util.Objects;
import java.util.Optional;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * How a model is opened.
 *
 * @param device       where it runs, or null for the runtime's default device
 * @param windows      the sliding windows to use instead of the file's; empty to take the file's
 * @param listener     is told of progress
 * @param kernels      their shape and sizes
 * @param printKernels whether the runtime prints the code of each kernel that it compiles
 */
public record ModelOptions(
        TornadoDevice device,
        Optional<AttentionWindows> windows,
        LoadListener listener,
        KernelSettings kernels,
        boolean printKernels) {
    /** Default device, the file's window, no progress, kernels in row shape. */
    public static final ModelOptions DEFAULT =
            new ModelOptions(null, Optional.empty(), LoadListener.SILENT, KernelSettings.ROW, false);

    public ModelOptions {
        Objects.requireNonNull(windows, "windows");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(kernels, "kernels");
    }

    public ModelOptions withDevice(TornadoDevice value) {
        return new ModelOptions(value, windows, listener, kernels, printKernels);
    }

    public ModelOptions withWindows(AttentionWindows value) {
        return new ModelOptions(device, Optional.of(value), listener, kernels, printKernels);
    }

    public ModelOptions withListener(LoadListener value) {
        return new ModelOptions(device, windows, value, kernels, printKernels);
    }

    public ModelOptions withKernels(KernelSettings value) {
        return new ModelOptions(device, windows, listener, value, printKernels);
    }

    public ModelOptions withPrintKernels(boolean value) {
        return new ModelOptions(device, windows, listener, kernels, value);
    }
}
