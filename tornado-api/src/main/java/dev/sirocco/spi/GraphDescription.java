package dev.sirocco.spi;

import java.util.List;
import java.util.Objects;

/**
 * A task graph as recorded: what is transferred, run and kept, in the order in which it was said.
 *
 * @param name  the graph's name; a task is addressed as {@code name.task}
 * @param steps in program order
 */
public record GraphDescription(String name, List<GraphStep> steps) {
    public GraphDescription {
        Objects.requireNonNull(name, "name");
        steps = List.copyOf(steps);
    }
}
