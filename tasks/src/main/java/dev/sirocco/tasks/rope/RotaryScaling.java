package dev.sirocco.tasks.rope;

/** How the angles of a model are changed that was made for longer sequences than it was first trained on. */
public sealed interface RotaryScaling {
    /** They are not. */
    RotaryScaling NONE = new None();

    /** {@return the angle per position of a pair of elements} */
    double frequency(int pair, int headDim, double theta);

    /** {@return what rotated vectors are multiplied with} */
    double magnitude();

    /** Angles as they are: {@code theta^(−2 · pair / headDim)}. */
    record None() implements RotaryScaling {
        @Override
        public double frequency(int pair, int headDim, double theta) {
            return Math.pow(theta, -2.0 * pair / headDim);
        }

        @Override
        public double magnitude() {
            return 1;
        }
    }

    /** All angles divided by a factor (Chen et al., arXiv 2306.15595). */
    record Linear(double factor) implements RotaryScaling {
        public Linear {
            requirePositive("factor", factor);
        }

        @Override
        public double frequency(int pair, int headDim, double theta) {
            return NONE.frequency(pair, headDim, theta) / factor;
        }

        @Override
        public double magnitude() {
            return 1;
        }
    }

    /**
     * YaRN (Peng et al., arXiv 2309.00071): pairs that turn often within the original context keep their angles, those
     * that turn less than once have them divided, and between them there is a ramp. Its ends are whole pairs, as in
     * llama.cpp and transformers.
     *
     * @param factor          by which the context grew
     * @param originalContext positions
     * @param betaFast        turns in the original context from which angles are kept
     * @param betaSlow        turns up to which they are divided
     * @param magnitude       of rotated vectors
     */
    record Yarn(double factor, int originalContext, double betaFast, double betaSlow, double magnitude)
            implements RotaryScaling {
        /** The shortest ramp: ends that fall together would divide by zero. */
        private static final double SHORTEST_RAMP = 0.001;

        public Yarn {
            requirePositive("factor", factor);
            requirePositive("original context", originalContext);
            requirePositive("beta fast", betaFast);
            requirePositive("beta slow", betaSlow);
            requirePositive("magnitude", magnitude);
        }

        /**
         * {@return what vectors are multiplied with when a file gives the two multipliers of DeepSeek's variant}
         *
         * @param factor     by which the context grew
         * @param multiplier of the logarithm, for one
         * @param divisor    of the logarithm, for what it is divided by; 0 for nothing
         */
        public static double magnitude(double factor, double multiplier, double divisor) {
            return growth(factor, multiplier) / growth(factor, divisor);
        }

        private static double growth(double factor, double multiplier) {
            return factor <= 1 ? 1 : 1 + 0.1 * multiplier * Math.log(factor);
        }

        @Override
        public double frequency(int pair, int headDim, double theta) {
            double kept = NONE.frequency(pair, headDim, theta);
            double first = Math.max(0, Math.floor(pairThatTurns(betaFast, headDim, theta)));
            double last = Math.min(headDim - 1, Math.ceil(pairThatTurns(betaSlow, headDim, theta)));
            double along = Math.clamp((pair - first) / Math.max(SHORTEST_RAMP, last - first), 0.0, 1.0);
            return kept * (1 - along) + kept / factor * along;
        }

        /** {@return the pair, as a fraction, that turns so many times within the original context} */
        private double pairThatTurns(double turns, int headDim, double theta) {
            return headDim * Math.log(originalContext / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("RoPE scaling: " + name + " " + value + " must be a positive number");
        }
    }
}
