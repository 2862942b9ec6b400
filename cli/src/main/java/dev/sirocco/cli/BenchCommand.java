package dev.sirocco.cli;

import dev.sirocco.cli.bench.BenchDevice;
import dev.sirocco.cli.bench.BenchRow;
import dev.sirocco.cli.bench.BenchWriter;
import dev.sirocco.cli.bench.DeviceBandwidth;
import dev.sirocco.cli.bench.KernelTable;
import dev.sirocco.cli.device.ListedDevice;
import dev.sirocco.model.session.Session;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
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
                    + " --device cpu,opencl:0,tornadovm:0:0 devices are compared in one table, each measured in a"
                    + " Java virtual machine of its own."
        })
final class BenchCommand implements Callable<Integer> {
    private static final long SEED = 42;

    /** Enough to have all code compiled and all weights touched. */
    private static final int WARM_UP_TOKENS = 4;

    /** What is measured kernel by kernel has the device wait between kernels: few tokens do. */
    private static final int PROFILED_TOKENS = 8;

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
            names = {"-d", "--n-depth"},
            paramLabel = "N",
            split = ",",
            defaultValue = "0",
            description = "Tokens that are in the context before each test, every test for each number (default:"
                    + " ${DEFAULT-VALUE}).")
    private List<Integer> depths;

    @Option(
            names = "--kernels",
            description = "After the tests of generation, a table of what a token's kernels take, each with the weights"
                    + " that it reads. With -o md only.")
    private boolean kernels;

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
    public Integer call() {
        validate();
        try {
            List<String> ids = run.deviceIds();
            if (ids.size() > 1) {
                List<String> typed = spec.commandLine().getParseResult().originalArgs();
                return new BenchProcesses(run, typed, format, console.out()).measure();
            }
            measure(ids.getFirst());
            if (writer != null) {
                writer.close();
            }
            return 0;
        } catch (IOException e) {
            throw new OutputFailure(e);
        }
    }

    /** Runs all tests on one device. Nothing is written before its model is open. */
    private void measure(String id) throws IOException {
        ListedDevice listed = run.describe(id);
        DeviceBandwidth bandwidth = bandwidth(run.device(id), listed);
        try (RunningModel running = run.open(console, id)) {
            int longest = longest(prompts, generations);
            int deepest = longest(depths);
            int limit = running.model().config().contextLength();
            if ((long) longest + deepest > limit) {
                String option = prompts.contains(longest) ? "-p " : "-n ";
                throw new CommandFailure(option + longest + (deepest > 0 ? ", -d " + deepest : "") + ": "
                        + running.path() + " was made for " + limit + " tokens; choose that at most");
            }
            if (writer == null) {
                writer = format.open(console.out());
            }
            Session session = running.newSession(Math.max(longest + deepest, run.context()));
            BenchDevice device = new BenchDevice(
                    listed.driver(),
                    listed.id(),
                    listed.description(),
                    listed.computeUnits(),
                    bandwidth,
                    session.compileNanos(),
                    running.loadNanos());
            List<String> tables = new ArrayList<>(); // they would part the rows of one table
            for (int depth : depths) {
                measure(running, session, device, depth);
                if (kernels && longest(generations) > 0) {
                    int count = Math.min(PROFILED_TOKENS, longest(generations));
                    tables.add(kernels(running, session, device, depth, count));
                }
            }
            for (String table : tables) {
                console.out().write(table);
                console.out().flush();
            }
        }
    }

    private void measure(RunningModel running, Session session, BenchDevice device, int depth) throws IOException {
        for (int tokens : prompts) {
            if (tokens > 0) {
                writer.row(measure(running, session, device, tokens, 0, depth));
            }
        }
        for (int tokens : generations) {
            if (tokens > 0) {
                writer.row(measure(running, session, device, 0, tokens, depth));
            }
        }
    }

    /** {@return a table of what the kernels of so many tokens take} */
    private static String kernels(RunningModel running, Session session, BenchDevice device, int depth, int count) {
        int[] tokens = randomTokens(depth + count, running.tokenizer().vocabSize());
        begin(session, tokens, depth);
        session.startProfiling();
        generate(session, Arrays.copyOfRange(tokens, depth, tokens.length));
        return new KernelTable(
                        running.model().source().tensors(),
                        session.stopProfiling().nanos(),
                        count,
                        device.bandwidth())
                .markdown(device.id() + ", one token at depth " + depth);
    }

    private static int longest(List<Integer> numbers) {
        return numbers.stream().mapToInt(n -> n).max().orElse(0);
    }

    private static int longest(List<Integer> some, List<Integer> others) {
        return Math.max(longest(some), longest(others));
    }

    /** {@return how fast the device reads and copies; unknown for the reference, which no bandwidth bounds} */
    private static DeviceBandwidth bandwidth(TornadoDevice device, ListedDevice listed) {
        return listed.driver().equals("reference") ? DeviceBandwidth.UNKNOWN : DeviceBandwidth.measure(device, listed);
    }

    private void validate() {
        run.validate();
        prompts.forEach(n -> Numbers.within(spec, "-p", n, 0, Integer.MAX_VALUE));
        generations.forEach(n -> Numbers.within(spec, "-n", n, 0, Integer.MAX_VALUE));
        depths.forEach(n -> Numbers.within(spec, "-d", n, 0, Integer.MAX_VALUE / 2));
        if (kernels && format != BenchWriter.Format.md) {
            throw new ParameterException(spec.commandLine(), "--kernels: is a table for people; leave out -o");
        }
        if (kernels && run.deviceIds().size() > 1) {
            throw new ParameterException(spec.commandLine(), "--kernels: is of one device; name one with --device");
        }
        Numbers.within(spec, "-r", repetitions, 1, 1_000_000);
        if (prompts.stream().allMatch(n -> n == 0) && generations.stream().allMatch(n -> n == 0)) {
            throw new ParameterException(spec.commandLine(), "-p, -n: there is nothing to measure; give one of them");
        }
    }

    private BenchRow measure(
            RunningModel running, Session session, BenchDevice device, int promptTokens, int newTokens, int depth) {
        Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String test = (promptTokens > 0 ? "pp" + promptTokens : "tg" + newTokens) + (depth > 0 ? " @ d" + depth : "");
        int[] tokens = randomTokens(
                depth + promptTokens + newTokens, running.tokenizer().vocabSize());
        List<Long> samples = new ArrayList<>();
        boolean terminal = console.errIsTerminal();
        for (int run = 0; run <= repetitions; run++) {
            if (terminal) {
                String stage = run == 0 ? "warm-up" : "run " + run + " of " + repetitions;
                console.notePart(Console.ERASE_LINE + "sirocco: " + device.id() + ": " + test + ", " + stage);
            }
            if (promptTokens > 0) {
                long nanos = timePrompt(session, tokens, depth);
                if (run > 0) {
                    samples.add(nanos);
                }
            } else if (run == 0) {
                timeGeneration(session, tokens, depth, Math.min(WARM_UP_TOKENS, newTokens));
            } else {
                samples.add(timeGeneration(session, tokens, depth, newTokens));
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
                depth,
                time,
                samples);
    }

    /** What the tokens are makes no difference to the work. */
    private static int[] randomTokens(int count, int vocabSize) {
        SplittableRandom random = new SplittableRandom(SEED);
        return random.ints(count, 0, vocabSize).toArray();
    }

    /** Makes the context the first tokens, and computes them unless that was done before. */
    private static void begin(Session session, int[] tokens, int depth) {
        if (depth == 0) {
            session.reset();
            return;
        }
        int[] before = Arrays.copyOf(tokens, depth);
        int kept = session.keep(before);
        session.append(Arrays.copyOfRange(before, kept, depth));
        session.logits();
    }

    /** {@return nanoseconds from the tokens to the logits after the last of them} */
    private static long timePrompt(Session session, int[] tokens, int depth) {
        begin(session, tokens, depth);
        long start = System.nanoTime();
        session.append(Arrays.copyOfRange(tokens, depth, tokens.length));
        session.logits();
        return System.nanoTime() - start;
    }

    /** {@return nanoseconds of so many steps, each from a token to the logits after it} */
    private static long timeGeneration(Session session, int[] tokens, int depth, int count) {
        begin(session, tokens, depth);
        long start = System.nanoTime();
        generate(session, Arrays.copyOfRange(tokens, depth, depth + count));
        return System.nanoTime() - start;
    }

    private static void generate(Session session, int[] tokens) {
        for (int token : tokens) {
            session.append(token);
            session.logits();
        }
    }
}
