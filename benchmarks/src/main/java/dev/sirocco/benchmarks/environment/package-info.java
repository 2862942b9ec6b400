/**
 * The machine that measures.
 *
 * <p>Entry types: {@link dev.sirocco.benchmarks.environment.Environment} tells commit, JDK, device and load, which
 * every result carries; {@link dev.sirocco.benchmarks.environment.ReadBandwidth} measures how fast main memory can be
 * read, the floor under the time of a decoded token.
 *
 * <p>Invariant: what cannot be found out is the word "unknown", never a guess.
 *
 * <p>What stays out: the kernels.
 */
package dev.sirocco.benchmarks.environment;
