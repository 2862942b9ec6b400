package dev.sirocco.tasks.graph;

/** How a kernel's work is cut. */
public enum KernelShape {
    /** A work-item computes rows by itself and needs no other: for processors, and whatever else has few wide cores. */
    ROW,
    /** A work-group computes rows together, with local memory and barriers: for GPUs. */
    WORKGROUP
}
