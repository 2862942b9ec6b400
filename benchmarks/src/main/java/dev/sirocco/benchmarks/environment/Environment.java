package dev.sirocco.benchmarks.environment;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Where and when something was measured.
 *
 * @param commit     of the sources, with {@code +} when they were changed since
 * @param jdk        vendor and version
 * @param system     operating system
 * @param processor  model of the host's processor
 * @param processors that the JVM may use
 * @param driver     of the device
 * @param device     id and description
 * @param load       the system's load average of the last minute, negative when it does not tell
 * @param time       of the measurement
 */
public record Environment(
        String commit,
        String jdk,
        String system,
        String processor,
        int processors,
        String driver,
        String device,
        double load,
        Instant time) {
    private static final String UNKNOWN = "unknown";

    /** {@return this moment's, with the device as the runtime describes it} */
    public static Environment of(TornadoDevice device) {
        return new Environment(
                checkedOutCommit(),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                processorModel(),
                Runtime.getRuntime().availableProcessors(),
                device.getPlatformName(),
                device.getDeviceName() + ": " + device.getDescription(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String checkedOutCommit() {
        String commit = git("rev-parse", "--short", "HEAD");
        boolean changed = !commit.equals(UNKNOWN)
                && !git("status", "--porcelain", "--untracked-files=no").isEmpty();
        return changed ? commit + "+" : commit;
    }

    private static String git(String... arguments) {
        String home = System.getProperty("sirocco.home", ".");
        List<String> command = new ArrayList<>(List.of("git", "-C", home));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? output : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }

    private static String processorModel() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** {@return the fields by name, for JSON} */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("commit", commit);
        fields.put("jdk", jdk);
        fields.put("os", system);
        fields.put("cpu", processor);
        fields.put("cpus", processors);
        fields.put("driver", driver);
        fields.put("device", device);
        fields.put("load_1min", load);
        fields.put("time", time.toString());
        return fields;
    }

    @Override
    public String toString() {
        return "%s, %s × %d, %s, JDK %s, commit %s, load %.1f, %s"
                .formatted(device, processor, processors, system, jdk, commit, load, time);
    }
}
