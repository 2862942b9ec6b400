package dev.sirocco.model.quantize;

import java.nio.ByteBuffer;

/** Q5_K: 8 groups of 32 numbers of 5 bits, their scales and minimums of 6 bits, and the block's scales. */
record Q5KQuantizer() implements Quantizer {
    @Override
    public void quantize(float[] weights, int from, ByteBuffer block) {
        OffsetGroups fitted = OffsetGroups.fit(weights, from, 32, 31, 63);
        block.putShort(Levels.float16(fitted.scale())).putShort(Levels.float16(fitted.minimum()));
        Packing.scalesAndMinimums(fitted.scales(), fitted.minimums(), block);
        byte[] fifth = new byte[32];
        for (int i = 0; i < ScaledGroups.WEIGHTS; i++) {
            fifth[i % 32] |= (byte) ((fitted.levels()[i] >> 4) << i / 32);
        }
        block.put(fifth);
        Packing.nibblesBy64(fitted.levels(), block);
    }
}
