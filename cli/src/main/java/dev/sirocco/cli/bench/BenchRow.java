package dev.sirocco.cli.bench;

import java.time.Instant;
import java.util.List;

/**
 * One test, repeated.
 *
 * @param model        what the model is: architecture, size, type of weights
 * @param fileName     the model's file
 * @param modelSize    bytes of all tensors
 * @param params       weights in all tensors
 * @param tokenBytes   of weights that are read to generate one token
 * @param device       where it ran
 * @param promptTokens processed at once, 0 in a test of generation
 * @param newTokens    generated one by one, 0 in a test of prompts
 * @param depth        tokens that were in the context before
 * @param time         when the test began
 * @param samplesNanos time of each repetition, at least one
 */
public record BenchRow(
        String model,
        String fileName,
        long modelSize,
        long params,
        long tokenBytes,
        BenchDevice device,
        int promptTokens,
        int newTokens,
        int depth,
        Instant time,
        List<Long> samplesNanos) {
    private static final double NANOS = 1e9;

    public BenchRow {
        samplesNanos = List.copyOf(samplesNanos);
        if (samplesNanos.isEmpty() || (promptTokens == 0) == (newTokens == 0)) {
            throw new IllegalArgumentException(
                    promptTokens + " prompt tokens, " + newTokens + " new tokens, samples " + samplesNanos);
        }
    }

    /** {@return the test's name, {@code pp512}, {@code tg128} or {@code tg128 @ d4096}} */
    public String test() {
        String test = promptTokens > 0 ? "pp" + promptTokens : "tg" + newTokens;
        return depth > 0 ? test + " @ d" + depth : test;
    }

    /** {@return tokens per second of each repetition} */
    public List<Double> samplesTokensPerSecond() {
        return samplesNanos.stream()
                .map(nanos -> NANOS * (promptTokens + newTokens) / nanos)
                .toList();
    }

    /** {@return mean tokens per second} */
    public double averageTokensPerSecond() {
        return mean(samplesTokensPerSecond());
    }

    /** {@return standard deviation of the tokens per second, 0 for one repetition} */
    public double deviationTokensPerSecond() {
        return deviation(samplesTokensPerSecond());
    }

    /** {@return 10^9 bytes of weights read in a second of generation; 0 for prompts, which share them} */
    public double gigabytesPerSecond() {
        return promptTokens > 0 ? 0 : averageTokensPerSecond() * tokenBytes / NANOS;
    }

    /** {@return which part that is of what the device can read; 0 where either is not known} */
    public double bandwidthShare() {
        return share(device.bandwidth().readGigabytes());
    }

    /** {@return which part that is of what the device can read and write in a copy; 0 where either is not known} */
    public double copyShare() {
        return share(device.bandwidth().copyGigabytes());
    }

    private double share(double whole) {
        return whole == 0 ? 0 : gigabytesPerSecond() / whole;
    }

    /** {@return mean time of a repetition} */
    public long averageNanos() {
        return Math.round(mean(samplesNanos));
    }

    /** {@return standard deviation of the times, 0 for one repetition} */
    public long deviationNanos() {
        return Math.round(deviation(samplesNanos));
    }

    private static double mean(List<? extends Number> samples) {
        return samples.stream().mapToDouble(Number::doubleValue).average().orElseThrow();
    }

    private static double deviation(List<? extends Number> samples) {
        if (samples.size() == 1) {
            return 0;
        }
        double mean = mean(samples);
        double squares = samples.stream()
                .mapToDouble(Number::doubleValue)
                .map(sample -> (sample - mean) * (sample - mean))
                .sum();
        return Math.sqrt(squares / (samples.size() - 1));
    }
}
