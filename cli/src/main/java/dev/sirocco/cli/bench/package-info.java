/**
 * What {@code sirocco bench} measured, and how it is written.
 *
 * <p>Entry types: {@link dev.sirocco.cli.bench.BenchRow}, one measured test with its environment, and {@link
 * dev.sirocco.cli.bench.BenchWriter}, one for each output format.
 *
 * <p>Invariant: names, units and statistics are those of llama-bench, so that scripts and people can compare: tokens
 * per second, the mean of all repetitions, and the standard deviation of a sample.
 *
 * <p>What stays out: running a model.
 */
package dev.sirocco.cli.bench;
