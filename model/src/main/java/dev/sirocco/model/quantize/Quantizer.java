package dev.sirocco.model.quantize;

import dev.sirocco.model.gguf.GgmlType;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Turns weights to blocks of one format. Has no state: safe for use by several threads. */
@FunctionalInterface
public interface Quantizer {
    /**
     * Writes a block.
     *
     * @param weights of which the block's are taken from index {@code from} on
     * @param block   little endian; the format's bytes of a block are put into it
     * @throws ArithmeticException when weights are not finite, or too large for the format
     */
    void quantize(float[] weights, int from, ByteBuffer block);

    /** {@return the quantizer that makes tensors of this type, empty when there is none} */
    static Optional<Quantizer> of(GgmlType type) {
        return Optional.ofNullable(
                switch (type) {
                    case F32 -> (weights, from, block) -> block.putFloat(weights[from]);
                    case F16 -> (weights, from, block) -> block.putShort(Levels.float16(weights[from]));
                    case BF16 -> (weights, from, block) -> block.putShort(Levels.bfloat16(weights[from]));
                    case Q8_0 -> new Q8Quantizer();
                    case Q4_0 -> new Q4Quantizer();
                    case Q4_1 -> new Q4OffsetQuantizer();
                    case Q5_0 -> new Q5Quantizer();
                    case Q5_1 -> new Q5OffsetQuantizer();
                    case Q2_K -> new Q2KQuantizer();
                    case Q3_K -> new Q3KQuantizer();
                    case Q4_K -> new Q4KQuantizer();
                    case Q5_K -> new Q5KQuantizer();
                    case Q6_K -> new Q6KQuantizer();
                    case IQ4_NL -> new Iq4NlQuantizer();
                    case IQ4_XS -> new Iq4XsQuantizer();
                    default -> null;
                });
    }
}
