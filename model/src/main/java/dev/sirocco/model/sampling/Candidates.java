package dev.sirocco.model.sampling;

import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The tokens that may still be chosen, the most likely first.
 *
 * <p>A token is one {@code long}, whose order is the order of tokens: the logit, largest first, in the upper half, and
 * the id in the lower.
 */
final class Candidates {
    private final long[] tokens;
    private int count;

    private Candidates(long[] tokens) {
        this.tokens = tokens;
        this.count = tokens.length;
    }

    /**
     * {@return the most likely tokens}
     *
     * @param logits (vocab), numbers
     * @param topK   how many, or 0 for all
     */
    static Candidates of(FloatArray logits, int topK) {
        int vocab = logits.getSize();
        if (topK == 0 || topK >= vocab) {
            long[] all = new long[vocab];
            for (int id = 0; id < vocab; id++) {
                all[id] = token(logits.get(id), id);
            }
            Arrays.sort(all);
            return new Candidates(all);
        }
        Smallest best = new Smallest(topK);
        for (int id = 0; id < vocab; id++) {
            best.offer(token(logits.get(id), id));
        }
        return new Candidates(best.sorted());
    }

    private static long token(float logit, int id) {
        // Adding zero makes both zeroes one. The bits of a float, all but the sign turned round for negative ones, are
        // in the order of the numbers; the complement puts the largest first.
        int bits = Float.floatToIntBits(logit + 0f);
        int ascending = bits ^ (bits >> 31 & Integer.MAX_VALUE);
        return (long) ~ascending << 32 | id;
    }

    /** {@return the id of the candidate at this rank} */
    int id(int rank) {
        return (int) tokens[rank];
    }

    /** {@return the logit of the candidate at this rank} */
    float logit(int rank) {
        int ascending = ~(int) (tokens[rank] >> 32);
        return Float.intBitsToFloat(ascending ^ (ascending >> 31 & Integer.MAX_VALUE));
    }

    int count() {
        return count;
    }

    /** Keeps the fewest candidates whose probabilities sum to at least {@code p}. */
    void keepTopP(double p) {
        if (p >= 1) {
            return;
        }
        double[] weights = weights(1);
        double total = sum(weights);
        double kept = 0;
        for (int rank = 0; rank < count; rank++) {
            kept += weights[rank];
            if (kept >= p * total) {
                count = rank + 1;
                return;
            }
        }
    }

    /** Keeps candidates whose probability is at least {@code p} times that of the most likely one. */
    void keepMinP(double p) {
        if (p == 0) {
            return;
        }
        double least = logit(0) + StrictMath.log(p);
        while (logit(count - 1) < least) {
            count--;
        }
    }

    /**
     * {@return the id of a candidate, drawn by probability}
     *
     * @param temperature above zero
     * @param point       where to draw, from 0 to below 1
     */
    int draw(double temperature, double point) {
        double[] weights = weights(temperature);
        double left = point * sum(weights);
        for (int rank = 0; rank < count; rank++) {
            left -= weights[rank];
            if (left < 0) {
                return id(rank);
            }
        }
        return id(0); // rounding used up the point; the most likely token is the least surprising
    }

    /** {@return probabilities of the candidates by rank, up to a common factor; the first is 1} */
    private double[] weights(double temperature) {
        double[] weights = new double[count];
        for (int rank = 0; rank < count; rank++) {
            weights[rank] = StrictMath.exp(((double) logit(rank) - logit(0)) / temperature);
        }
        return weights;
    }

    private static double sum(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return sum;
    }

    /** The smallest of many numbers: a binary heap with the largest of those kept on top. */
    private static final class Smallest {
        private final long[] heap;
        private int size;

        private Smallest(int capacity) {
            heap = new long[capacity];
        }

        private void offer(long value) {
            if (size < heap.length) {
                int at = size++;
                for (int parent = (at - 1) / 2; at > 0 && heap[parent] < value; parent = (at - 1) / 2) {
                    heap[at] = heap[parent];
                    at = parent;
                }
                heap[at] = value;
            } else if (value < heap[0]) {
                sinkFromTop(value);
            }
        }

        private void sinkFromTop(long value) {
            int at = 0;
            for (int child = 1; child < size; child = 2 * at + 1) {
                if (child + 1 < size && heap[child + 1] > heap[child]) {
                    child++;
                }
                if (heap[child] <= value) {
                    break;
                }
                heap[at] = heap[child];
                at = child;
            }
            heap[at] = value;
        }

        private long[] sorted() {
            Arrays.sort(heap, 0, size);
            return Arrays.copyOf(heap, size);
        }
    }
}
