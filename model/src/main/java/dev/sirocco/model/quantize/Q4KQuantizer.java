package dev.sirocco.model.quantize;

import java.nio.ByteBuffer;

/** Q4_K: 8 groups of 32 numbers of 4 bits, their scales and minimums of 6 bits, and the block's scales. */
record Q4KQuantizer() implements Quantizer {
    @Override
    public void quantize(float[] weights, int from, ByteBuffer block) {
        OffsetGroups fitted = OffsetGroups.fit(weights, from, 32, 15, 63);
        block.putShort(Levels.float16(fitted.scale())).putShort(Levels.float16(fitted.minimum()));
        Packing.scalesAndMinimums(fitted.scales(), fitted.minimums(), block);
        Packing.nibblesBy64(fitted.levels(), block);
    }
}
