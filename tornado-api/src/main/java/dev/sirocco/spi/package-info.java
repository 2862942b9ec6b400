/**
 * The seam between the task-graph API and the runtime that executes it.
 *
 * <p>Entry type: {@link dev.sirocco.spi.RuntimeProvider}, found by {@link java.util.ServiceLoader}. A
 * {@code TaskGraph} records what it is told as a {@link dev.sirocco.spi.GraphDescription}; a {@code
 * TornadoExecutionPlan} hands descriptions and {@link dev.sirocco.spi.ExecutionSettings} to the
 * {@link dev.sirocco.spi.PlanExecutor} that the provider made for it, and gets an
 * {@link dev.sirocco.spi.ExecutionProfile} back.
 *
 * <p>Applications never name this package: on a TornadoVM SDK it does not exist.
 */
package dev.sirocco.spi;
