package dev.sirocco.model.quantize;

/**
 * A scale and a minimum: a weight is {@code scale · q + minimum}, q from 0 on.
 *
 * @param scale   0 or positive
 * @param minimum what q = 0 stands for
 */
record Offset(float scale, float minimum) {
    private static final int STEPS = 10;
    private static final float STEP = 0.1f;

    /**
     * {@return the scale and minimum with the least squared error}
     *
     * @param highest   the largest q
     * @param mayExceed whether the minimum may be above 0
     */
    static Offset fit(float[] x, int from, int count, int highest, boolean mayExceed) {
        float lowest = x[from];
        float largest = x[from];
        for (int i = from + 1; i < from + count; i++) {
            lowest = Math.min(lowest, x[i]);
            largest = Math.max(largest, x[i]);
        }
        Levels.requireFinite(lowest + largest, x, from, count);
        float begin = mayExceed ? lowest : Math.min(0, lowest);
        if (!(largest > begin)) {
            return new Offset(0, begin);
        }
        Offset best = new Offset((largest - begin) / highest, begin);
        double bestError = best.error(x, from, count, highest);
        for (int step = -STEPS; step <= STEPS; step++) {
            float inverse = (highest + step * STEP) / (largest - begin);
            Offset solved = solve(x, from, count, inverse, begin, highest, mayExceed);
            double error = solved.error(x, from, count, highest);
            if (error < bestError) {
                bestError = error;
                best = solved;
            }
        }
        return best;
    }

    /** Least squares for the levels that a first guess gives. */
    private static Offset solve(
            float[] x, int from, int count, float inverse, float begin, int highest, boolean mayExceed) {
        double sumX = 0;
        double sumQ = 0;
        double sumQq = 0;
        double sumXq = 0;
        for (int i = from; i < from + count; i++) {
            float q = Rounding.within(0, highest, (x[i] - begin) * inverse);
            sumX += x[i];
            sumQ += q;
            sumQq += q * q;
            sumXq += x[i] * q;
        }
        double determinant = count * sumQq - sumQ * sumQ;
        if (determinant <= 0) {
            return new Offset(1 / inverse, begin);
        }
        double scale = (count * sumXq - sumX * sumQ) / determinant;
        double minimum = (sumQq * sumX - sumQ * sumXq) / determinant;
        if (minimum > 0 && !mayExceed) {
            minimum = 0;
            scale = sumXq / sumQq;
        }
        return new Offset((float) Math.max(0, scale), (float) minimum);
    }

    int level(float x, int highest) {
        return (int) Rounding.within(0, highest, (x - minimum) * Levels.inverse(scale));
    }

    /** {@return the sum of squared errors with the nearest levels} */
    double error(float[] x, int from, int count, int highest) {
        double error = 0;
        float inverse = Levels.inverse(scale);
        for (int i = from; i < from + count; i++) {
            float q = Rounding.within(0, highest, (x[i] - minimum) * inverse);
            float rest = x[i] - scale * q - minimum;
            error += rest * rest;
        }
        return error;
    }
}
