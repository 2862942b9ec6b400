package uk.ac.manchester.tornado.api.runtime;

import dev.sirocco.spi.RuntimeProvider;
import uk.ac.manchester.tornado.api.TornadoRuntime;

/** Where an application finds the runtime of its process. */
public class TornadoRuntimeProvider {
    /**
     * {@return the one runtime on the class path}
     *
     * @throws uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException if there is none, or more than one
     */
    public static TornadoRuntime getTornadoRuntime() {
        return RuntimeProvider.installed().runtime();
    }
}
