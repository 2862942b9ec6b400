package dev.sirocco.model.quantize;

/**
 * The groups of a block of 256 weights, each with a scale and a minimum that are whole numbers times the block's: a
 * weight is {@code scale · scales · q − minimum · minimums}.
 *
 * @param scale    of the block, as it is stored
 * @param minimum  of the block, as it is stored
 * @param scales   of the groups
 * @param minimums of the groups
 * @param levels   (256), q
 */
record OffsetGroups(float scale, float minimum, int[] scales, int[] minimums, int[] levels) {

    /**
     * {@return the groups with scales and minimums of the least squared error, without its shrinkage}
     *
     * @param size    weights of a group
     * @param highest the largest q
     * @param most    the largest scale and minimum of a group
     */
    static OffsetGroups fit(float[] x, int from, int size, int highest, int most) {
        int groups = ScaledGroups.WEIGHTS / size;
        Offset[] wanted = new Offset[groups];
        float largestScale = 0;
        float largestMinimum = 0;
        for (int g = 0; g < groups; g++) {
            wanted[g] = Offset.fit(x, from + g * size, size, highest, false);
            largestScale = Math.max(largestScale, wanted[g].scale());
            largestMinimum = Math.max(largestMinimum, -wanted[g].minimum());
        }
        float scale = Levels.rounded16(largestScale / most);
        float minimum = Levels.rounded16(largestMinimum / most);
        int[] scales = new int[groups];
        int[] minimums = new int[groups];
        int[] levels = new int[ScaledGroups.WEIGHTS];
        Shrinkage shrinkage = new Shrinkage();
        for (int g = 0; g < groups; g++) {
            int begin = from + g * size;
            Offset best = null;
            double bestError = Double.POSITIVE_INFINITY;
            int nearScale = Math.round(wanted[g].scale() * Levels.inverse(scale));
            int nearMinimum = Math.round(-wanted[g].minimum() * Levels.inverse(minimum));
            for (int s = Math.max(0, nearScale - 1); s <= Math.min(most, nearScale + 1); s++) {
                for (int m = Math.max(0, nearMinimum - 1); m <= Math.min(most, nearMinimum + 1); m++) {
                    Offset candidate = new Offset(scale * s, -minimum * m);
                    double error = candidate.error(x, begin, size, highest);
                    if (error < bestError) {
                        bestError = error;
                        best = candidate;
                        scales[g] = s;
                        minimums[g] = m;
                    }
                }
            }
            for (int i = 0; i < size && best != null; i++) {
                int level = best.level(x[begin + i], highest);
                levels[g * size + i] = level;
                shrinkage.add(x[begin + i], best.scale() * level + best.minimum());
            }
        }
        return new OffsetGroups(shrinkage.undone(scale), shrinkage.undone(minimum), scales, minimums, levels);
    }
}
