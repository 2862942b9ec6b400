/**
 * From a model file to what the task graphs take: numbers and weights.
 *
 * <p>Entry types: {@link dev.sirocco.model.loading.ModelConfig}, the model's numbers; {@link
 * dev.sirocco.model.loading.MappedWeights}, its tensors in the mapped file.
 *
 * <p>Invariants:
 * <ul>
 *   <li>Compiled kernels read weights without bounds checks. So every size is proven here: a tensor has exactly the
 *       dimensions that the configuration implies, and its bytes are in the file.
 *   <li>What a file asks for and the forward pass does not do (another architecture, shared experts, other scaling of
 *       RoPE than linear and YaRN, biases, types of weights that have no kernels) is refused in one line that names the
 *       file and the key or tensor. Nothing is left out silently.
 *   <li>No weight is copied.
 * </ul>
 *
 * <p>What stays out: the bytes of the file format ({@link dev.sirocco.model.gguf}), and everything that runs.
 */
package dev.sirocco.model.loading;
