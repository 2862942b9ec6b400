package dev.sirocco.cli;

import dev.sirocco.cli.bench.BenchRow;
import dev.sirocco.cli.bench.BenchRowReader;
import dev.sirocco.cli.bench.BenchWriter;
import dev.sirocco.cli.sdk.ChildProcess;
import dev.sirocco.cli.sdk.SdkInstallation;
import dev.sirocco.cli.sdk.SdkLaunch;
import dev.sirocco.model.json.JsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Measures several devices, each in a process of its own: what one leaves in memory, in the caches of processors or in
 * compiled Java is not part of what the next needs, and a TornadoVM SDK takes a Java virtual machine for itself.
 */
final class BenchProcesses {
    /** Options that differ in each process. */
    private static final Set<String> OWN = Set.of("--device", "-o", "--output");

    private final RunOptions run;
    private final List<String> arguments;
    private final BenchWriter.Format format;
    private final Writer out;
    private BenchWriter writer; // opened with the first row

    /**
     * Prepares to measure.
     *
     * @param run       whose devices are measured
     * @param arguments of this command, as they were typed
     */
    BenchProcesses(RunOptions run, List<String> arguments, BenchWriter.Format format, Writer out) {
        this.run = run;
        this.arguments = without(arguments);
        this.format = format;
        this.out = out;
    }

    /**
     * Measures each device in turn and writes its rows as they come.
     *
     * @return the exit status: that of the first process that failed, which has said why
     * @throws CommandFailure when there is no such device, before anything is measured
     */
    int measure() throws IOException {
        requireDevices();
        int status = 0;
        try {
            for (Iterator<String> ids = run.deviceIds().iterator(); ids.hasNext() && status == 0; ) {
                status = measure(ids.next());
            }
        } finally {
            if (writer != null) {
                writer.close(); // what was measured is whole, whatever becomes of the rest
            }
        }
        return status;
    }

    /** Finds every device, or the SDK that will. */
    private void requireDevices() {
        for (String id : run.deviceIds()) {
            if (run.isOfSdk(id)) {
                SdkInstallation.ofUser();
            } else {
                run.device(id);
            }
        }
    }

    private int measure(String id) throws IOException {
        List<String> own = new ArrayList<>(List.of("bench"));
        own.addAll(arguments);
        own.addAll(List.of("--device", id, "--output", "jsonl"));
        Process process =
                run.isOfSdk(id) ? new SdkLaunch(SdkInstallation.ofUser()).startForOutput(Main.class, own) : start(own);
        try {
            return ChildProcess.await(process, () -> copyRows(id, process));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void copyRows(String id, Process process) {
        try (BufferedReader rows =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = rows.readLine(); line != null; line = rows.readLine()) {
                BenchRow row = BenchRowReader.read(line);
                if (writer == null) {
                    writer = format.open(out);
                }
                writer.row(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonException | IllegalArgumentException e) {
            throw new CommandFailure(
                    "--device " + id + ": its process wrote something else than measurements: " + e.getMessage()
                            + "; measure it by itself to see what",
                    e);
        }
    }

    /** Starts this program again as it was started. */
    private static Process start(List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        line.addAll(arguments);
        return new ProcessBuilder(line).redirectError(Redirect.INHERIT).start();
    }

    /** {@return the arguments without the command's name and the options that each process has of its own} */
    private static List<String> without(List<String> arguments) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (OWN.contains(argument)) {
                i++; // its value
            } else if (i > 0 && OWN.stream().noneMatch(option -> isWithValue(argument, option))) {
                kept.add(argument);
            }
        }
        return kept;
    }

    private static boolean isWithValue(String argument, String option) {
        return argument.startsWith(option + "=") || option.length() == 2 && argument.startsWith(option);
    }
}
