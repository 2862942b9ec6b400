/**
 * What tests of several modules share. No program depends on it.
 *
 * <p>Entry types: {@link dev.sirocco.testing.BlockReference}, an independent decoder of GGUF's block formats; {@link
 * dev.sirocco.testing.RandomBlock}, random blocks.
 *
 * <p>Invariant: nothing of what is tested is used here.
 */
package dev.sirocco.testing;
