package dev.sirocco.benchmarks.launches;

/**
 * What one kernel's launches took: medians, in nanoseconds.
 *
 * @param kernel     its name
 * @param enqueued   a task in a graph of many, until the call that runs the graph returns
 * @param done       a task in a graph of many, until the host has the result
 * @param alone      a graph of one task, until the host has the result
 * @param dispatched from when the only task of a graph was enqueued until the device began with it; 0 where it does not
 *                   tell
 * @param kernelTime the device's time for that task
 */
public record LaunchCost(
        String kernel, double enqueued, double done, double alone, double dispatched, double kernelTime) {}
