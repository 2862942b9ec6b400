/**
 * Rotary position embedding, fused with the write of keys and values into the cache.
 *
 * <p>Entry types: {@link dev.sirocco.tasks.rope.RotaryKernel}, which rotates, and {@link
 * dev.sirocco.tasks.rope.RotaryTable}, which computes the angles of a chunk's positions on the host. Angles are
 * computed in double precision there because a position in the hundred thousands times a frequency near one is beyond
 * fp32, and because the sine of a large argument is where devices differ most.
 */
package dev.sirocco.tasks.rope;
