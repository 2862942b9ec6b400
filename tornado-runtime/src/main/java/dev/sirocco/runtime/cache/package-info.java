/**
 * What compilers make, made once.
 *
 * <p>Entry types: {@link dev.sirocco.runtime.cache.Compilations} compiles in the background, equal things once a
 * process; {@link dev.sirocco.runtime.cache.JointCompilations} does so for compilers that take several things at once;
 * {@link dev.sirocco.runtime.cache.KeptFiles} keeps compiled code for the next process.
 *
 * <p>Invariants: what lies in the cache folder is whole or counts as not there; deleting it costs time, nothing else.
 *
 * <p>What stays out: compilers, and what their results depend on.
 */
package dev.sirocco.runtime.cache;
