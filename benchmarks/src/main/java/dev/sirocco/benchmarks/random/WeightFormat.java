package dev.sirocco.benchmarks.random;

import dev.sirocco.model.gguf.GgmlType;
import java.nio.ByteBuffer;

/**
 * The weight types that can be drawn, each straight in its block format. Layouts: {@code block_q8_0} and {@code
 * block_q4_0} of ggml-common.h.
 */
public enum WeightFormat {
    F32(GgmlType.F32, 0) {
        @Override
        void fillBlock(ByteBuffer out, SplitMix random, float mean, float deviation) {
            out.putFloat(mean + deviation * random.nextUnitDeviation());
        }
    },
    F16(GgmlType.F16, 1) {
        @Override
        void fillBlock(ByteBuffer out, SplitMix random, float mean, float deviation) {
            out.putShort(Float.floatToFloat16(mean + deviation * random.nextUnitDeviation()));
        }
    },
    /** 32 signed bytes after an fp16 scale. */
    Q8_0(GgmlType.Q8_0, 7) {
        @Override
        void fillBlock(ByteBuffer out, SplitMix random, float mean, float deviation) {
            requireNoMean(mean);
            out.putShort(scale(deviation, Q8_0_DEVIATION, random));
            for (int i = 0; i < BLOCK; i += Long.BYTES) {
                long draw = random.next();
                // Quantisers never give -128, and kernels may rely on that: where a byte is 0x80, its lowest bit is
                // set.
                long magnitude = draw & ~SIGN_BITS;
                long zero = ~((magnitude + ~SIGN_BITS) | magnitude) & SIGN_BITS;
                out.putLong(draw | (zero & draw) >>> 7);
            }
        }
    },
    /** 32 nibbles, each less 8, after an fp16 scale; weights i and i + 16 share a byte, the first in its low half. */
    Q4_0(GgmlType.Q4_0, 2) {
        @Override
        void fillBlock(ByteBuffer out, SplitMix random, float mean, float deviation) {
            requireNoMean(mean);
            out.putShort(scale(deviation, Q4_0_DEVIATION, random));
            for (int i = 0; i < BLOCK / 2; i += Long.BYTES) {
                long draw = random.next();
                // Without a counterpart of -8 the mean is 0: a nibble of 0 becomes 8.
                long any = draw | draw >>> 1 | draw >>> 2 | draw >>> 3;
                out.putLong(draw | (~any & NIBBLE_ONES) << 3);
            }
        }
    };

    private static final int BLOCK = 32;
    private static final long SIGN_BITS = 0x8080_8080_8080_8080L;
    private static final long NIBBLE_ONES = 0x1111_1111_1111_1111L;

    /** Standard deviation of a whole number drawn evenly from -127 … 127. */
    private static final float Q8_0_DEVIATION = (float) Math.sqrt(127.0 * 128 / 3);

    /** Standard deviation of -7 … 7 where 0 is twice as likely as each other. */
    private static final float Q4_0_DEVIATION = (float) Math.sqrt(2 * 140 / 16.0);

    private final GgmlType type;
    private final int fileType;

    WeightFormat(GgmlType type, int fileType) {
        this.type = type;
        this.fileType = fileType;
    }

    GgmlType type() {
        return type;
    }

    /** {@return the value of {@code general.file_type}; source: enum llama_ftype of llama.h} */
    int fileType() {
        return fileType;
    }

    /** Puts one block (one weight of a plain type), {@code out} being little endian. */
    abstract void fillBlock(ByteBuffer out, SplitMix random, float mean, float deviation);

    /** Scales differ from block to block by up to a quarter, so that a kernel that mixes them up is found out. */
    private static short scale(float deviation, float unitDeviation, SplitMix random) {
        float jitter = 1 + random.nextUnitDeviation() * 0.25f / SplitMix.LARGEST_DEVIATION;
        return Float.floatToFloat16(deviation / unitDeviation * jitter);
    }

    private static void requireNoMean(float mean) {
        if (mean != 0) {
            throw new IllegalArgumentException("quantised blocks are drawn around 0, not around " + mean);
        }
    }
}
