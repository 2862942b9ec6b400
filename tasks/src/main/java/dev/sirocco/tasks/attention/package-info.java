/**
 * Attention over the sliding window, and the cache that it reads.
 *
 * <p>Entry types: {@link dev.sirocco.tasks.attention.WindowAttention}, the kernel; {@link
 * dev.sirocco.tasks.attention.RollingBuffer}, the rule by which positions share the cache's slots; {@link
 * dev.sirocco.tasks.attention.KvCache}, a layer's arrays.
 *
 * <p><b>Why one kernel serves both decoding and chunked prefill.</b> Position p lives in slot p mod capacity. A chunk
 * of n tokens starting at position p first writes all its keys and values, then attends. Writing it overwrote the
 * positions up to p + n − 1 − capacity. The oldest position that any query of the chunk may see is the first query's:
 * p − window + 1. So nothing that is needed is lost when p + n − 1 − capacity &lt; p − window + 1, that is when
 * {@code capacity ≥ window + n − 1}. The cache has window + chunk − 1 slots for the largest chunk; a decoded token is
 * a chunk of one. A cache with as many slots as the context has positions never overwrites, so more than that is
 * never needed. Keys need no position of their own: the kernel walks positions and derives slots.
 */
package dev.sirocco.tasks.attention;
