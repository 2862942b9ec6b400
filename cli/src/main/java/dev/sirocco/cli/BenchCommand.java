package dev.sirocco.cli;

import dev.sirocco.cli.bench.BenchDevice;
import dev.sirocco.cli.bench.BenchRow;
import dev.sirocco.cli.bench.BenchWriter;
import dev.sirocco.cli.bench.DeviceBandwidth;
import dev.sirocco.cli.device.ListedDevice;
import dev.sirocco.model.session.Session;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description =
                "Measures how fast a model processes prompts (pp) and generates tokens (tg), in tokens per second.",
        footer = {
            "",
            "Mean and standard deviation of the repetitions, after a warm-up. Generating a token reads all"
                    + " weights: GB/s, as part of what the device reads when it does nothing else. With"
                    + " --device cpu,opencl:0 devices are compared in one table."
        })
final class BenchCommand implements Runnable {
    private static final long SEED = 42;

    /** Enough to have all code compiled and all weights touched. */
    private static final int WARM_UP_TOKENS = 4;

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions run;

    @Option(
            names = {"-p", "--n-prompt"},
            paramLabel = "N",
            split = ",",
            defaultValue = "512",
            description = "Tokens of the prompt, one test for each number; 0 for no test (default: ${DEFAULT-VALUE}).")
    private List<Integer> prompts;

    @Option(
            names = {"-n", "--n-gen"},
            paramLabel = "N",
            split = ",",
            defaultValue = "128",
            description = "Tokens to generate, one test for each number; 0 for no test (default: ${DEFAULT-VALUE}).")
    private List<Integer> generations;

    @Option(
            names = {"-r", "--repetitions"},
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each test is measured (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "md",
            description = "md, csv, json or jsonl (default: ${DEFAULT-VALUE}).")
    private BenchWriter.Format format;

    /** Opened with the first device's model. */
    private BenchWriter writer;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        validate();
        run.deviceIds().forEach(run::device);
        try {
            for (String id : run.deviceIds()) {
                measure(id);
            }
            if (writer != null) {
                writer.close();
            }
        } catch (IOException e) {
            throw new OutputFailure(e);
        }
    }

    /** Runs all tests on one device. Nothing is written before its model is open. */
    private void measure(String id) throws IOException {
        ListedDevice listed = run.describe(id);
        double bandwidth = bandwidth(run.device(id), listed);
        try (RunningModel running = run.open(console, id)) {
            int longest = IntStream.concat(
                            prompts.stream().mapToInt(n -> n),
                            generations.stream().mapToInt(n -> n))
                    .max()
                    .orElseThrow();
            int limit = running.model().config().contextLength();
            if (longest > limit) {
                throw new CommandFailure((prompts.contains(longest) ? "-p " : "-n ") + longest + ": " + running.path()
                        + " was made for " + limit + " tokens; choose that at most");
            }
            if (writer == null) {
                writer = format.open(console.out());
            }
            Session session = running.newSession(Math.max(longest, run.context()));
            BenchDevice device = new BenchDevice(
                    listed.driver(),
                    listed.id(),
                    listed.description(),
                    listed.computeUnits(),
                    bandwidth,
                    session.compileNanos(),
                    running.loadNanos());
            for (int tokens : prompts) {
                if (tokens > 0) {
                    writer.row(measure(running, session, device, tokens, 0));
                }
            }
            for (int tokens : generations) {
                if (tokens > 0) {
                    writer.row(measure(running, session, device, 0, tokens));
                }
            }
        }
    }

    /** {@return what the device reads in a second; 0 for the reference, which no bandwidth bounds} */
    private static double bandwidth(TornadoDevice device, ListedDevice listed) {
        return listed.driver().equals("reference") ? 0 : DeviceBandwidth.measure(device, listed);
    }

    private void validate() {
        run.validate();
        prompts.forEach(n -> Numbers.within(spec, "-p", n, 0, Integer.MAX_VALUE));
        generations.forEach(n -> Numbers.within(spec, "-n", n, 0, Integer.MAX_VALUE));
        Numbers.within(spec, "-r", repetitions, 1, 1_000_000);
        if (prompts.stream().allMatch(n -> n == 0) && generations.stream().allMatch(n -> n == 0)) {
            throw new ParameterException(spec.commandLine(), "-p, -n: there is nothing to measure; give one of them");
        }
    }

    private BenchRow measure(
            RunningModel running, Session session, BenchDevice device, int promptTokens, int newTokens) {
        Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String test = promptTokens > 0 ? "pp" + promptTokens : "tg" + newTokens;
        int[] tokens =
                randomTokens(promptTokens + newTokens, running.tokenizer().vocabSize());
        List<Long> samples = new ArrayList<>();
        boolean terminal = console.errIsTerminal();
        for (int run = 0; run <= repetitions; run++) {
            if (terminal) {
                String stage = run == 0 ? "warm-up" : "run " + run + " of " + repetitions;
                console.notePart(Console.ERASE_LINE + "sirocco: " + device.id() + ": " + test + ", " + stage);
            }
            if (promptTokens > 0) {
                long nanos = timePrompt(session, tokens);
                if (run > 0) {
                    samples.add(nanos);
                }
            } else if (run == 0) {
                timeGeneration(session, tokens, Math.min(WARM_UP_TOKENS, tokens.length));
            } else {
                samples.add(timeGeneration(session, tokens, tokens.length));
            }
        }
        if (terminal) {
            console.notePart(Console.ERASE_LINE);
        }
        return new BenchRow(
                running.description(),
                running.path().toString(),
                running.weightBytes(),
                running.parameters(),
                running.tokenBytes(),
                device,
                promptTokens,
                newTokens,
                time,
                samples);
    }

    /** What the tokens are makes no difference to the work. */
    private static int[] randomTokens(int count, int vocabSize) {
        SplittableRandom random = new SplittableRandom(SEED);
        return random.ints(count, 0, vocabSize).toArray();
    }

    /** {@return nanoseconds from the tokens to the logits after the last of them} */
    private static long timePrompt(Session session, int[] tokens) {
        session.reset();
        long start = System.nanoTime();
        session.append(tokens);
        session.logits();
        return System.nanoTime() - start;
    }

    /** {@return nanoseconds of so many steps, each from a token to the logits after it} */
    private static long timeGeneration(Session session, int[] tokens, int count) {
        session.reset();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            session.append(tokens[i]);
            session.logits();
        }
        return System.nanoTime() - start;
    }
}
