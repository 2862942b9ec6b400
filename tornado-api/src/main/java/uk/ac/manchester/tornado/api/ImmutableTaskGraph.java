package uk.ac.manchester.tornado.api;

import dev.sirocco.spi.GraphDescription;

/** A recorded task graph that no longer changes; made by {@link TaskGraph#snapshot}. */
public class ImmutableTaskGraph {
    private final GraphDescription description;

    ImmutableTaskGraph(GraphDescription description) {
        this.description = description;
    }

    GraphDescription description() {
        return description;
    }
}
