package dev.sirocco.model.quantize;

import java.nio.ByteBuffer;

/** Q6_K: 16 groups of 16 numbers of 6 bits, their scales of 8 bits, and the block's scale. */
record Q6KQuantizer() implements Quantizer {
    private static final Levels LEVELS = Levels.from(-32, 31);

    @Override
    public void quantize(float[] weights, int from, ByteBuffer block) {
        ScaledGroups fitted = ScaledGroups.fit(weights, from, 16, LEVELS, -128);
        int[] q = fitted.levels();
        for (int part = 0; part < ScaledGroups.WEIGHTS; part += 128) {
            for (int i = part; i < part + 64; i++) {
                block.put((byte) (q[i] & 15 | (q[i + 64] & 15) << 4));
            }
        }
        Packing.pairs(q, 4, block);
        for (int scale : fitted.scales()) {
            block.put((byte) scale);
        }
        block.putShort(Levels.float16(fitted.scale()));
    }
}
