/**
 * The choice of the most likely token on the device, so that one number returns to the host instead of a vocabulary's.
 *
 * <p>Entry types: {@link dev.sirocco.tasks.sampling.MostLikely}, which adds the choice to a task graph, and {@link
 * dev.sirocco.tasks.sampling.Choice}, what comes of it. The vocabulary is cut into slices; each slice finds its largest
 * logit, in row shape one work-item and in workgroup shape one group a slice, and then one work-item looks at the
 * slices.
 *
 * <p>Invariants: of equal logits the lowest id wins, as on the host. Comparisons of what is not a number mean nothing
 * on a device, so logits within the range of numbers are counted: unless all are, the host must look at them itself.
 *
 * <p>What stays out: everything with random numbers; that is the host's.
 */
package dev.sirocco.tasks.sampling;
