package dev.sirocco.benchmarks.kernels;

import dev.sirocco.tasks.StepGraph;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * One use of a kernel with arrays of its own.
 *
 * @param inputs  arrays that the kernel reads, or changes in part; brought to the device once
 * @param outputs what is compared
 * @param adder   adds the task of a given name to a graph
 */
record KernelTask(List<Object> inputs, List<KernelOutput> outputs, BiConsumer<StepGraph, String> adder) {}
