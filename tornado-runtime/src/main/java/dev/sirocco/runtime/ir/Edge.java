package dev.sirocco.runtime.ir;

import java.util.List;

/** A transfer of control to a block, with a value for each of its parameters. */
public record Edge(int block, List<Value> arguments) {
    public Edge {
        arguments = List.copyOf(arguments);
    }
}
