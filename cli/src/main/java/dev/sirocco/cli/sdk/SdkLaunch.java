package dev.sirocco.cli.sdk;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Starts a command of this program on a TornadoVM SDK, in a Java virtual machine of its own.
 *
 * <p>The options are those of the SDK's own launcher ({@code tornado --printJavaFlags}), without its {@code .} on the
 * module path, and with what correctness needs: {@code tornado.recover.bailout=false}, because by default a kernel that
 * does not compile runs as sequential Java in which every index is 0.
 */
public final class SdkLaunch {
    /** Room for the byte code of a graph: tens of bytes for each argument of each of at most 256 tasks. */
    private static final int BYTE_CODE_BYTES = 1 << 20;

    /** Only a counter on the SDK's side; what a model needs is checked against the device itself. */
    private static final String NO_LIMIT = "1048576GB";

    private static final int PATIENCE_SECONDS = 30;
    private static final String RUNTIME = "uk.ac.manchester.tornado.runtime.";

    /** What each backend adds: modules, and files with the packages that the JDK must open to them. */
    private static final Map<String, List<String>> MODULES = Map.of(
            "opencl", List.of("tornado.drivers.opencl"),
            "spirv", List.of("tornado.drivers.opencl", "tornado.drivers.spirv"),
            "ptx", List.of("tornado.drivers.ptx"),
            "cuda", List.of("tornado.drivers.cuda"),
            "metal", List.of("tornado.drivers.metal"));

    private final SdkInstallation sdk;

    public SdkLaunch(SdkInstallation sdk) {
        this.sdk = sdk;
    }

    /**
     * Runs a command to its end, with this process's streams.
     *
     * @param main      the class to start
     * @param arguments of the command
     * @return the exit status
     * @throws SdkException when this JDK cannot run the SDK
     */
    public int run(Class<?> main, List<String> arguments) {
        Process process = start(main, arguments, new ProcessBuilder().inheritIO());
        Thread hook = new Thread(() -> end(process), "tornadovm");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new SdkException("interrupted while the TornadoVM SDK was running", e);
        }
    }

    /**
     * Starts a command whose standard output the caller reads; what it says on standard error is lost.
     *
     * @throws SdkException when this JDK cannot run the SDK
     */
    public Process startQuietly(Class<?> main, List<String> arguments) {
        return start(main, arguments, new ProcessBuilder().redirectError(Redirect.DISCARD));
    }

    private Process start(Class<?> main, List<String> arguments, ProcessBuilder process) {
        requireJdk();
        List<String> line = new ArrayList<>(command(main, System.getProperty("java.class.path")));
        line.addAll(arguments);
        try {
            return process.command(line).start();
        } catch (IOException e) {
            throw new SdkException("the TornadoVM SDK in " + sdk.home() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Asks a process to end when this one does, and waits until it has written what there is. */
    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The SDK's compiler needs JVMCI, as JDK 25.0.2 and its later updates have it. */
    private void requireJdk() {
        Runtime.Version java = Runtime.version();
        String problem = java.feature() != 25 || java.compareToIgnoreOptional(Runtime.Version.parse("25.0.2")) < 0
                ? "this is Java " + java
                : ModuleFinder.ofSystem().find("jdk.internal.vm.ci").isEmpty() ? "this JDK has no JVMCI" : null;
        if (problem != null) {
            throw new SdkException("TornadoVM " + sdk.version() + " needs a JDK 25.0.2 or a later update of 25, and "
                    + problem + "; set SIROCCO_JAVA_HOME to one (sdk install java 25.0.2-tem)");
        }
    }

    /** {@return the command line up to the program's arguments} */
    List<String> command(Class<?> main, String classPath) {
        Path jars = sdk.home().resolve(Path.of("share", "java", "tornado"));
        Path compiler = sdk.home().resolve(Path.of("share", "java", "graalJars"));
        Set<String> modules = new LinkedHashSet<>();
        Set<String> exports = new LinkedHashSet<>(List.of("common"));
        for (String backend : sdk.backends()) {
            modules.addAll(MODULES.getOrDefault(backend, List.of()));
            exports.addAll(backend.equals("spirv") ? List.of("opencl", "spirv") : List.of(backend));
        }
        if (modules.isEmpty()) {
            throw new SdkException("the TornadoVM SDK in " + sdk.home() + " has only the backends " + sdk.backends()
                    + ", which are not known here; install one with opencl, ptx or spirv");
        }
        String natives = String.join(",", modules);
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+EnableJVMCI",
                "-XX:+UseParallelGC",
                "--enable-preview",
                "--module-path",
                jars.toString(),
                "--upgrade-module-path",
                compiler.toString(),
                "--add-modules",
                "tornado.runtime,tornado.annotation,tornado.drivers.common," + natives,
                "--enable-native-access=ALL-UNNAMED," + natives,
                "-Djava.library.path=" + sdk.home().resolve("lib"),
                "-Dtornado.load.api.implementation=" + RUNTIME + "tasks.TornadoTaskGraph",
                "-Dtornado.load.runtime.implementation=" + RUNTIME + "TornadoCoreRuntime",
                "-Dtornado.load.tornado.implementation=" + RUNTIME + "common.Tornado",
                "-Dtornado.load.annotation.implementation=uk.ac.manchester.tornado.annotation.ASMClassVisitor",
                "-Dtornado.load.annotation.parallel=uk.ac.manchester.tornado.api.annotations.Parallel",
                "-Dtornado.recover.bailout=false",
                "-Dtornado.tvm.maxbytecodesize=" + BYTE_CODE_BYTES,
                "-Dtornado.device.memory=" + NO_LIMIT));
        for (String name : exports) {
            Path file = sdk.home().resolve(Path.of("etc", "exportLists", name + "-exports"));
            if (!Files.isRegularFile(file)) {
                throw new SdkException("the TornadoVM SDK in " + sdk.home() + " is not whole: " + file
                        + " is missing; install it again");
            }
            line.add("@" + file);
        }
        String home = System.getProperty("sirocco.home");
        if (home != null) {
            line.add("-Dsirocco.home=" + home);
        }
        Arrays.stream(System.getenv().getOrDefault("SIROCCO_JAVA_OPTS", "").split("\\s+"))
                .filter(option -> !option.isEmpty())
                .forEach(line::add);
        line.addAll(List.of("-cp", ApplicationPath.of(classPath), main.getName()));
        return line;
    }
}
