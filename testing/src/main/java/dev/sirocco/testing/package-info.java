/**
 * What tests of several modules share. No program depends on it.
 *
 * <p>Entry types: {@link dev.sirocco.testing.BlockReference}, an independent decoder of GGUF's block formats; {@link
 * dev.sirocco.testing.RandomBlock}, random blocks; {@link dev.sirocco.testing.TestedDevices}, what tests run on.
 *
 * <p>Invariant: nothing of what is tested computes anything here.
 */
package dev.sirocco.testing;
