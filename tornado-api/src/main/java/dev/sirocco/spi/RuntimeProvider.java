package dev.sirocco.spi;

import java.util.List;
import uk.ac.manchester.tornado.api.TornadoRuntime;

/** A runtime that can execute task graphs; one instance a process, registered for {@link java.util.ServiceLoader}. */
public interface RuntimeProvider {
    /** {@return the backends and devices of this runtime} */
    TornadoRuntime runtime();

    /**
     * Makes the executor of one execution plan. Nothing is compiled or allocated yet.
     *
     * @param graphs the plan's graphs in the order in which {@code withGraph} counts them
     */
    PlanExecutor plan(List<GraphDescription> graphs);

    /**
     * {@return the one provider that the class path of this interface registers}
     *
     * @throws uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException if there is none, more than one, or it
     *     cannot be made
     */
    static RuntimeProvider installed() {
        return InstalledRuntime.provider();
    }
}
