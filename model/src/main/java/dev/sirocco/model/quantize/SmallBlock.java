package dev.sirocco.model.quantize;

import java.nio.ByteBuffer;

/** A block of 32 weights. */
final class SmallBlock {
    static final int WEIGHTS = 32;

    private SmallBlock() {}

    /** Puts the best scale. {@return the levels' indices for it} */
    static int[] putScale(Levels levels, float[] weights, int from, ByteBuffer block) {
        float scale = Levels.rounded16(levels.scale(weights, from, WEIGHTS));
        float inverse = Levels.inverse(scale);
        int[] chosen = new int[WEIGHTS];
        Shrinkage shrinkage = new Shrinkage();
        for (int i = 0; i < WEIGHTS; i++) {
            chosen[i] = levels.nearest(weights[from + i] * inverse);
            shrinkage.add(weights[from + i], scale * levels.value(chosen[i]));
        }
        block.putShort(Levels.float16(shrinkage.undone(scale)));
        return chosen;
    }

    /** Puts the best scale and minimum. {@return the levels for them} */
    static int[] putOffset(int highest, float[] weights, int from, ByteBuffer block) {
        Offset fitted = Offset.fit(weights, from, WEIGHTS, highest, true);
        Offset stored = new Offset(Levels.rounded16(fitted.scale()), Levels.rounded16(fitted.minimum()));
        block.putShort(Levels.float16(stored.scale())).putShort(Levels.float16(stored.minimum()));
        int[] chosen = new int[WEIGHTS];
        for (int i = 0; i < WEIGHTS; i++) {
            chosen[i] = stored.level(weights[from + i], highest);
        }
        return chosen;
    }
}
