/**
 * Measurements, and what they are made on.
 *
 * <p>Entry type: {@link dev.sirocco.benchmarks.Main}, the command behind {@code scripts/make-model}. The models it
 * makes have random weights; {@link dev.sirocco.benchmarks.random} fills files of a real model's shape.
 *
 * <p>What stays out: everything that a user of the library needs. Nothing depends on this module.
 */
package dev.sirocco.benchmarks;
