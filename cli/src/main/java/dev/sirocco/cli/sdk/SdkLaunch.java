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

/**
 * Starts a command of this program on a TornadoVM SDK, in a Java virtual machine of its own.
 *
 * <p>The options are those of the SDK's own launcher ({@code tornado --printJavaFlags}), without its {@code .} on the
 * module path, and with what correctness needs: {@code tornado.recover.bailout=false}, because by default a kernel that
 * does not compile runs as sequential Java in which every index is 0; and no limits to inlining, because what is not
 * inlined before arrays become addresses does not compile. One limit is TornadoVM's, for a helper's size; the other is
 * Graal's, which ends after 1000 steps, while the kernels of blocks call helpers for twelve formats. The JVM's own
 * optimising compiler is left out: TornadoVM's compiler is Java that has done its work before that would pay.
 */
public final class SdkLaunch {
    /** Room for the byte code of a graph: tens of bytes for each argument of each of at most 256 tasks. */
    private static final int BYTE_CODE_BYTES = 1 << 20;

    /** Only a counter on the SDK's side; what a model needs is checked against the device itself. */
    private static final String NO_LIMIT = "1048576GB";

    private static final String RUNTIME = "uk.ac.manchester.tornado.runtime.";

    /** The modules of each backend that is known here; others of an SDK are left out. */
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
        return ChildProcess.await(start(main, arguments, new ProcessBuilder().inheritIO()), () -> {});
    }

    /**
     * Starts a command whose standard output the caller reads; what it says on standard error is lost.
     *
     * @throws SdkException when this JDK cannot run the SDK
     */
    public Process startQuietly(Class<?> main, List<String> arguments) {
        return start(main, arguments, new ProcessBuilder().redirectError(Redirect.DISCARD));
    }

    /**
     * Starts a command whose standard output the caller reads; what it says on standard error is this process's.
     *
     * @throws SdkException when this JDK cannot run the SDK
     */
    public Process startForOutput(Class<?> main, List<String> arguments) {
        return start(main, arguments, new ProcessBuilder().redirectError(Redirect.INHERIT));
    }

    private Process start(Class<?> main, List<String> arguments, ProcessBuilder process) {
        boolean hasJvmci = ModuleFinder.ofSystem().find("jdk.internal.vm.ci").isPresent();
        requireJdk(sdk.version(), Runtime.version(), hasJvmci);
        List<String> line = new ArrayList<>(command(main, System.getProperty("java.class.path")));
        line.addAll(arguments);
        keepSignals(process.environment());
        try {
            return process.command(line).start();
        } catch (IOException e) {
            throw new SdkException("the TornadoVM SDK in " + sdk.home() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * Sees to it that the JVM gets its signals first. On processors the SDK's OpenCL may be PoCL, whose clang handles
     * SIGSEGV, which the JVM raises at every other safepoint, by deleting the files that it is writing: a kernel then
     * does not compile, now and then. And PoCL itself skips instructions that raise SIGFPE, among them Java's divisions
     * by zero.
     */
    static void keepSignals(Map<String, String> environment) {
        environment.putIfAbsent("POCL_SIGFPE_HANDLER", "0");
        Path chaining = Path.of(System.getProperty("java.home"), "lib", "libjsig.so");
        if (Files.exists(chaining)) {
            environment.merge("LD_PRELOAD", chaining.toString(), (given, ours) -> ours + ":" + given);
        }
    }

    /**
     * Checks what the SDK's compiler needs: JVMCI, as JDK 25.0.2 and its later updates have it.
     *
     * @throws SdkException when the JDK is another
     */
    static void requireJdk(String sdk, Runtime.Version java, boolean hasJvmci) {
        String problem = java.feature() != 25 || java.compareToIgnoreOptional(Runtime.Version.parse("25.0.2")) < 0
                ? "this is Java " + java
                : hasJvmci ? "" : "this JDK has no JVMCI";
        if (!problem.isEmpty()) {
            throw new SdkException("TornadoVM " + sdk + " needs a JDK 25.0.2 or a later update of 25, and " + problem
                    + "; set SIROCCO_JAVA_HOME to one (sdk install java 25.0.2-tem)");
        }
    }

    /** {@return the command line up to the program's arguments} */
    List<String> command(Class<?> main, String classPath) {
        Path jars = sdk.home().resolve(Path.of("share", "java", "tornado"));
        Path compiler = sdk.home().resolve(Path.of("share", "java", "graalJars"));
        Set<String> modules = new LinkedHashSet<>();
        Set<String> exports = new LinkedHashSet<>(List.of("common"));
        List<String> known =
                sdk.backends().stream().filter(MODULES::containsKey).toList();
        for (String backend : known) {
            modules.addAll(MODULES.get(backend));
            exports.addAll(backend.equals("spirv") ? List.of("opencl", "spirv") : List.of(backend));
        }
        if (known.isEmpty()) {
            throw new SdkException("the TornadoVM SDK in " + sdk.home() + " has only the backends " + sdk.backends()
                    + ", which are not known here; install one with opencl, ptx or spirv");
        }
        String natives = String.join(",", modules);
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+EnableJVMCI",
                "-XX:+UseParallelGC",
                "-XX:TieredStopAtLevel=1",
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
                "-Dtornado.compiler.fullInlining=true",
                "-Djdk.graal.MethodInlineBailoutLimit=0",
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
