package dev.sirocco.benchmarks.kernels;

import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Compares a kernel's results on a device with those of the reference device. */
final class KernelCheck {
    /** Rows that a check processes: one tile of the kernels that share loads among tokens, and one more. */
    private static final int ROWS = 5;

    private KernelCheck() {}

    /**
     * {@return the largest difference, relative to what is allowed: at most 1}
     *
     * @throws IllegalStateException when the device is wrong, saying where
     */
    static double compare(KernelCase kernel, TornadoDevice device, TornadoDevice reference) {
        int rows = Math.min(ROWS, kernel.rows());
        try (KernelRun run = new KernelRun(kernel, device, 1, rows);
                KernelRun truth = new KernelRun(kernel, reference, 1, rows)) {
            List<KernelOutput> actual = run.executeForOutputs();
            List<KernelOutput> expected = truth.executeForOutputs();
            double worst = 0;
            for (int i = 0; i < expected.size(); i++) {
                worst = Math.max(worst, compare(kernel, expected.get(i), actual.get(i), rows));
            }
            return worst;
        }
    }

    private static double compare(KernelCase kernel, KernelOutput expected, KernelOutput actual, int rows) {
        double[] right = expected.values(rows);
        double[] values = actual.values(rows);
        double largest = 0;
        for (double value : right) {
            largest = Math.max(largest, Math.abs(value));
        }
        if (!(largest > 0 && largest < Double.POSITIVE_INFINITY)) {
            throw new IllegalStateException(kernel.name() + ": the reference has nothing but 0, or infinity");
        }
        double allowed = expected.tolerance(largest, kernel.reduction());
        double worst = 0;
        for (int i = 0; i < right.length; i++) {
            double difference = Math.abs(values[i] - right[i]);
            if (!(difference <= allowed)) {
                throw new IllegalStateException(kernel.name() + " is wrong on this device: element " + i + " is "
                        + values[i] + ", the reference has " + right[i] + " (allowed difference " + allowed + ")");
            }
            worst = Math.max(worst, difference / allowed);
        }
        return worst;
    }
}
