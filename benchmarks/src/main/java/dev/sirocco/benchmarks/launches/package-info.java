/**
 * What a launch costs beside its work.
 *
 * <p>Entry type: {@link dev.sirocco.benchmarks.launches.LaunchCosts}, which runs kernels with next to no work in graphs
 * of many tasks.
 *
 * <p>What stays out: kernels of models, which {@link dev.sirocco.benchmarks.kernels} times.
 */
package dev.sirocco.benchmarks.launches;
