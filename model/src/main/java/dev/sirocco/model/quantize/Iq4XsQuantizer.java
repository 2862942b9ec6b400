package dev.sirocco.model.quantize;

import java.nio.ByteBuffer;

/** IQ4_XS: 8 groups of 32 indices of 4 bits into a table, their scales of 6 bits, and the block's scale. */
record Iq4XsQuantizer() implements Quantizer {
    @Override
    public void quantize(float[] weights, int from, ByteBuffer block) {
        ScaledGroups fitted = ScaledGroups.fit(weights, from, 32, Levels.IQ4, -32);
        int high = 0;
        byte[] low = new byte[4];
        for (int g = 0; g < 8; g++) {
            int stored = fitted.scales()[g] + 32;
            high |= stored >> 4 << 2 * g;
            low[g / 2] |= (byte) ((stored & 15) << g % 2 * 4);
        }
        block.putShort(Levels.float16(fitted.scale())).putShort((short) high).put(low);
        for (int g = 0; g < 8; g++) {
            Packing.nibbles(fitted.levels(), 32 * g, block);
        }
    }
}
