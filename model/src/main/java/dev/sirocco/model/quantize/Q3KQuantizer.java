package dev.sirocco.model.quantize;

import java.nio.ByteBuffer;

/** Q3_K: 16 groups of 16 numbers of 3 bits, their scales of 6 bits, and the block's scale. */
record Q3KQuantizer() implements Quantizer {
    private static final Levels LEVELS = Levels.from(-4, 3);

    @Override
    public void quantize(float[] weights, int from, ByteBuffer block) {
        ScaledGroups fitted = ScaledGroups.fit(weights, from, 16, LEVELS, -32);
        byte[] third = new byte[32];
        for (int i = 0; i < ScaledGroups.WEIGHTS; i++) {
            third[i % 32] |= (byte) ((fitted.levels()[i] >> 2) << i / 32);
        }
        block.put(third);
        Packing.pairs(fitted.levels(), 0, block);
        block.put(scales(fitted.scales())).putShort(Levels.float16(fitted.scale()));
    }

    private static byte[] scales(int[] scales) {
        byte[] packed = new byte[12];
        for (int g = 0; g < 16; g++) {
            int stored = scales[g] + 32;
            packed[g % 8] |= (byte) ((stored & 15) << g / 8 * 4);
            packed[8 + g % 4] |= (byte) ((stored >> 4) << g / 4 * 2);
        }
        return packed;
    }
}
