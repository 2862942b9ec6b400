package dev.sirocco.cli.sdk;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TornadoVM SDK on disk.
 *
 * @param home     its folder
 * @param version  as it calls itself, {@code 5.2.0-jdk25}
 * @param backends that it was built with: {@code opencl}, {@code ptx}, {@code spirv} …
 */
public record SdkInstallation(Path home, String version, List<String> backends) {
    /** What this program is held to; others may work. */
    public static final String TRIED = "5.2.0-jdk25";

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)[\\w.]*-jdk(\\d+).*");
    private static final String REMEDY = "set TORNADOVM_HOME to the folder of a TornadoVM SDK " + TRIED
            + " (sdk install tornadovm " + TRIED + "-opencl)";

    public SdkInstallation {
        backends = List.copyOf(backends);
    }

    /** {@return what {@link #find} finds in the environment of this process} */
    public static SdkInstallation ofUser() {
        return find(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /**
     * {@return the SDK that the environment names, or SDKMAN's current one}
     *
     * @param environment variables, of which TORNADOVM_HOME and SDKMAN_DIR matter
     * @param userHome    where SDKMAN is by default
     * @throws SdkException when there is none, or one that cannot be used
     */
    static SdkInstallation find(Map<String, String> environment, Path userHome) {
        String named = environment.getOrDefault("TORNADOVM_HOME", "");
        if (!named.isEmpty()) {
            return read(Path.of(named), "TORNADOVM_HOME=" + named);
        }
        String sdkman = environment.getOrDefault("SDKMAN_DIR", "");
        Path folder = (sdkman.isEmpty() ? userHome.resolve(".sdkman") : Path.of(sdkman))
                .resolve(Path.of("candidates", "tornadovm", "current"));
        if (!Files.isDirectory(folder)) {
            throw new SdkException("no TornadoVM SDK: TORNADOVM_HOME is not set and " + folder
                    + " is not there; leave out --runtime tornadovm, or " + REMEDY);
        }
        return read(folder, folder.toString());
    }

    private static SdkInstallation read(Path home, String whence) {
        Path release = home.resolve(Path.of("etc", "tornado.release"));
        if (!Files.isRegularFile(release)) {
            throw new SdkException(whence + " is no TornadoVM SDK: " + release + " is missing; " + REMEDY);
        }
        String version = properties(release).getProperty("version", "");
        requireVersion(version, whence);
        List<String> backends = Arrays.stream(properties(home.resolve(Path.of("etc", "tornado.backend")))
                        .getProperty("tornado.backends", "")
                        .split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .map(name -> name.replace("-backend", ""))
                .toList();
        if (backends.isEmpty()) {
            throw new SdkException(whence + ": this TornadoVM SDK has no backend (etc/tornado.backend); install one"
                    + " with opencl, ptx or spirv: " + REMEDY);
        }
        return new SdkInstallation(home.toAbsolutePath().normalize(), version, backends);
    }

    private static void requireVersion(String version, String whence) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            throw new SdkException(
                    whence + " has the version '" + version + "', which says no number and JDK; " + REMEDY);
        }
        int major = Integer.parseInt(parts.group(1));
        int minor = Integer.parseInt(parts.group(2));
        if (major < 5 || major == 5 && minor < 2) {
            throw new SdkException(whence + " is TornadoVM " + version + ", which is too old; " + REMEDY);
        }
        if (major > 6) {
            throw new SdkException(whence + " is TornadoVM " + version + ", which is too new; " + REMEDY);
        }
        if (!parts.group(3).equals("25")) {
            throw new SdkException(whence + " is TornadoVM " + version + ", made for JDK " + parts.group(3)
                    + ", and this program needs JDK 25; " + REMEDY);
        }
    }

    /** {@return whether this is the version that was tried} */
    public boolean isTried() {
        return version.equals(TRIED);
    }

    private static Properties properties(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new SdkException(file + " cannot be read: " + e + "; " + REMEDY, e);
        }
        return properties;
    }
}
