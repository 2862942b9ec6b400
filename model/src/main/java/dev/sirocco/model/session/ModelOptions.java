package dev.sirocco.model.session;

import java.util.Objects;
import java.util.OptionalInt;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * How a model is opened.
 *
 * @param device   where it runs, or null for the runtime's default device
 * @param window   the sliding window to use instead of the file's, 0 for none; empty to take the file's
 * @param listener is told of progress
 */
public record ModelOptions(TornadoDevice device, OptionalInt window, LoadListener listener) {
    /** Default device, the file's window, no progress. */
    public static final ModelOptions DEFAULT = new ModelOptions(null, OptionalInt.empty(), LoadListener.SILENT);

    public ModelOptions {
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(listener, "listener");
    }

    public ModelOptions withDevice(TornadoDevice value) {
        return new ModelOptions(value, window, listener);
    }

    public ModelOptions withWindow(int value) {
        return new ModelOptions(device, OptionalInt.of(value), listener);
    }

    public ModelOptions withListener(LoadListener value) {
        return new ModelOptions(device, window, value);
    }
}
