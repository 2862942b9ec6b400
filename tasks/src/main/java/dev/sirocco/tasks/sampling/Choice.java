package dev.sirocco.tasks.sampling;

/**
 * The most likely token.
 *
 * @param token the lowest id of those with the largest logit
 * @param logit of the token
 */
public record Choice(int token, float logit) {}
