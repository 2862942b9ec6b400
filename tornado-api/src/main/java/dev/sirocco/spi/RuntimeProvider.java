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
}
