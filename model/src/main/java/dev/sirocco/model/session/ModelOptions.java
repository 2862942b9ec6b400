package dev.sirocco.model.session;

import java.util.Objects;
import java.util.OptionalInt;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * How a model is opened.
 *
 * @param device       where it runs, or null for the runtime's default device
 * @param window       the sliding window to use instead of the file's, 0 for none; empty to take the file's
 * @param listener     is told of progress
 * @param printKernels whether the runtime prints the code of each kernel that it compiles
 */
public record ModelOptions(TornadoDevice device, OptionalInt window, LoadListener listener, boolean printKernels) {
    /** Default device, the file's window, no progress. */
    public static final ModelOptions DEFAULT = new ModelOptions(null, OptionalInt.empty(), LoadListener.SILENT, false);

    public ModelOptions {
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(listener, "listener");
    }

    public ModelOptions withDevice(TornadoDevice value) {
        return new ModelOptions(value, window, listener, printKernels);
    }

    public ModelOptions withWindow(int value) {
        return new ModelOptions(device, OptionalInt.of(value), listener, printKernels);
    }

    public ModelOptions withListener(LoadListener value) {
        return new ModelOptions(device, window, value, printKernels);
    }

    public ModelOptions withPrintKernels(boolean value) {
        return new ModelOptions(device, window, listener, value);
    }
}
