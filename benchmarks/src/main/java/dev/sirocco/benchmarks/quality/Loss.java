package dev.sirocco.benchmarks.quality;

/**
 * What was lost.
 *
 * @param error      root of the mean squared error of all matrices, relative to the weights
 * @param divergence mean Kullback-Leibler divergence of the next token's distribution from the full model's
 * @param scores     of the texts
 */
public record Loss(double error, double divergence, Scores scores) {}
