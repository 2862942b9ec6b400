/**
 * Choosing the next token.
 *
 * <p>Entry type: {@link dev.sirocco.model.sampling.Sampler}, made from {@link
 * dev.sirocco.model.sampling.SamplerSettings}.
 *
 * <p>Invariants:
 * <ul>
 *   <li>Filters are applied in llama.cpp's order: top-k, top-p, min-p, temperature. So top-p and min-p see the
 *       probabilities at temperature 1.
 *   <li>Tokens of equal logit are ordered by id, lowest first, everywhere.
 *   <li>The same settings, seed and logits give the same tokens on every machine: probabilities are computed in double
 *       precision with {@link java.lang.StrictMath}, and random numbers come from {@link java.util.SplittableRandom},
 *       one for each sampled token.
 *   <li>A logit that is not a number, or is positive infinity, is an error and never a token.
 * </ul>
 *
 * <p>What stays out: penalties on repeated tokens, and when to stop.
 */
package dev.sirocco.model.sampling;
