package dev.sirocco.model.quantize;

/**
 * The groups of a block of 256 weights, each with a scale that is a whole number times the block's.
 *
 * @param scale  of the block, as it is stored
 * @param scales of the groups, whole numbers
 * @param levels (256), indices of levels
 */
record ScaledGroups(float scale, int[] scales, int[] levels) {
    static final int WEIGHTS = 256;

    /**
     * {@return the groups with scales of the least squared error, without its shrinkage}
     *
     * @param size     weights of a group
     * @param levels   of a weight
     * @param lowest   the smallest scale of a group; the largest is {@code -lowest - 1}
     */
    static ScaledGroups fit(float[] x, int from, int size, Levels levels, int lowest) {
        int groups = WEIGHTS / size;
        float[] wanted = new float[groups];
        float extreme = 0;
        for (int g = 0; g < groups; g++) {
            wanted[g] = levels.scale(x, from + g * size, size);
            extreme = Math.abs(wanted[g]) > Math.abs(extreme) ? wanted[g] : extreme;
        }
        float scale = Levels.rounded16(extreme / lowest);
        int[] scales = new int[groups];
        int[] chosen = new int[WEIGHTS];
        Shrinkage shrinkage = new Shrinkage();
        for (int g = 0; g < groups; g++) {
            int begin = from + g * size;
            scales[g] = bestScale(x, begin, size, levels, scale, wanted[g], lowest);
            float inverse = Levels.inverse(scale * scales[g]);
            for (int i = 0; i < size; i++) {
                int level = levels.nearest(x[begin + i] * inverse);
                chosen[g * size + i] = level;
                shrinkage.add(x[begin + i], scale * scales[g] * levels.value(level));
            }
        }
        return new ScaledGroups(shrinkage.undone(scale), scales, chosen);
    }

    private static int bestScale(float[] x, int begin, int size, Levels levels, float scale, float wanted, int lowest) {
        int nearest = Math.round(wanted * Levels.inverse(scale));
        int best = 0;
        double bestError = Double.POSITIVE_INFINITY;
        for (int candidate = nearest - 1; candidate <= nearest + 1; candidate++) {
            int allowed = Math.clamp(candidate, lowest, -lowest - 1);
            double error = levels.error(x, begin, size, scale * allowed);
            if (error < bestError) {
                bestError = error;
                best = allowed;
            }
        }
        return best;
    }
}
