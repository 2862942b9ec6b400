/**
 * Normalisation of the hidden state.
 *
 * <p>Entry type: {@link dev.sirocco.tasks.normalization.RmsNorm}. Computed in fp32 whatever the weights' format is.
 */
package dev.sirocco.tasks.normalization;
