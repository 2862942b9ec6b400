/**
 * What TornadoVM's own compiler gets wrong or refuses, although it is Java that the embedded runtime compiles.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.strict.StrictSubset}. A kernel that passes here and on the embedded
 * runtime may be expected to mean the same on a TornadoVM SDK, so that nobody needs one at hand to stay compatible.
 * The rules were found by running kernels on TornadoVM 5.2.0-jdk25; docs/tornadovm.md tells what was seen.
 *
 * <p>Checks are made when a task is bound, where {@code -Dsirocco.strict=true} is given: the build's own tests give it.
 *
 * <p>What stays out: what the embedded runtime refuses itself, and what only shows at run time, such as conversions of
 * floats beyond an int's range.
 */
package dev.sirocco.runtime.strict;
