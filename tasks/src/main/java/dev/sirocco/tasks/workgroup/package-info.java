/**
 * Kernels made of work-groups, for devices whose memory is fast when neighbours read together: GPUs.
 *
 * <p>Entry types: {@link dev.sirocco.tasks.workgroup.VectorProducts}, {@link
 * dev.sirocco.tasks.workgroup.TileProducts} and {@link dev.sirocco.tasks.workgroup.TensorProducts}, which add products
 * to a graph; {@link
 * dev.sirocco.tasks.workgroup.GroupNorm}, {@link dev.sirocco.tasks.workgroup.SplitAttention} and the other classes with
 * kernels. How each block format is read is in {@link dev.sirocco.tasks.blocks.BlockParts}: a format joins all kernels
 * with its cases there. They compute what the row kernels of the other packages do, from the same arrays.
 *
 * <p><b>What a product is bound by.</b> A token's products read each weight once, so the weights' bytes are the time:
 * a Q8_0 weight is 1.06 bytes, a Q4_0 weight 0.56. What is left for each weight is few instructions: a GPU that reads
 * 3.3 TB/s and starts 30 · 10¹² instructions of a lane a second has five for each Q4_0 weight. Activations in fp32 take
 * nearly all of them: take the nibble out, convert it, multiply and add, and a share of a load of four bytes.
 * Activations rounded to int8 take one multiplication of four bytes for four weights where the device has that
 * instruction, and no more than fp32 does where it has not; they are a quarter of the bytes in caches and registers
 * too. So integer formats take the same int8 activations here as in row shape, and give the same numbers.
 *
 * <p><b>How weights are read.</b> A work-item reads a part of a block, its neighbour the next part: a group reads
 * consecutive bytes. A part has eight weights of a block of 32, and 32 of a block of 256, whose scales take longer to
 * put together. It does so for several rows before it adds anything up, so that many loads are on their way at
 * once, and an activation is loaded once for all these rows. fp16 and fp32 rows of whole parts can be read sixteen
 * bytes at a time. The blocks of GGUF begin at even bytes only, which keeps loads at two bytes where parts of blocks
 * are read; {@link dev.sirocco.tasks.blocks.BlockStrips} reads rows of them sixteen bytes at a time.
 *
 * <p>Invariants, besides those of {@link dev.sirocco.tasks}: every kernel takes a KernelContext and is launched with a
 * grid, see {@link dev.sirocco.tasks.StepGraph}; local arrays have literal sizes, which are limits for what profiles
 * may ask; every work-item of a group reaches every barrier, so that groups without a row run loops of no turns instead
 * of leaving; sizes of groups are powers of two. fp16 is storage only,
 * but for the products on tensor cores, which are launched in groups of whole warps and nowhere but on NVIDIA's cards.
 *
 * <p>What stays out: which device gets which sizes; that is data, see {@link dev.sirocco.tasks.graph.KernelSettings}.
 */
package dev.sirocco.tasks.workgroup;
