/**
 * Kernels of the Mistral family, and the task graphs that chain them. Those outside of {@link
 * dev.sirocco.tasks.workgroup} are in row shape.
 *
 * <p>Entry type: {@link dev.sirocco.tasks.graph.DecoderPlan}. The kernels are static methods over native arrays,
 * grouped by what they compute; {@link dev.sirocco.tasks.StepState} says what changes from one step to the next, for
 * all of them.
 *
 * <p>Invariants of every kernel in row shape: it is plain Java within the subset that both runtimes compile; it has one
 * nest of {@code @Parallel} loops whose bounds are scalar parameters; scalars are frozen when a graph is built, so that
 * what varies comes through the step's {@code IntArray}; rows at and beyond {@link dev.sirocco.tasks.StepState#ROWS}
 * are neither read nor written; matrices are row-major; work-items write disjoint elements.
 *
 * <p>What stays out: files, tokenizers, sampling, and everything that names a device.
 */
package dev.sirocco.tasks;
