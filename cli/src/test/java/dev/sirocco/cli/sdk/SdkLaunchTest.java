package dev.sirocco.cli.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SdkLaunchTest {
    @TempDir
    private Path folder;

    private List<String> command(String backends) throws IOException {
        Path home = FakeSdk.in(folder.resolve("an sdk"), "5.2.0-jdk25", backends);
        SdkInstallation sdk = SdkInstallation.find(Map.of("TORNADOVM_HOME", home.toString()), folder);
        return new SdkLaunch(sdk).command(SdkLaunchTest.class, System.getProperty("java.class.path"));
    }

    @Test
    void aKernelThatDoesNotCompileIsNeverRunAsSequentialJava() throws IOException {
        assertTrue(command("opencl-backend").contains("-Dtornado.recover.bailout=false"));
    }

    @Test
    void inliningHasNoLimits() throws IOException {
        List<String> line = command("opencl-backend");
        assertTrue(line.contains("-Dtornado.compiler.fullInlining=true"));
        assertTrue(line.contains("-Djdk.graal.MethodInlineBailoutLimit=0"));
    }

    @Test
    void javaIsNotOptimisedWhileKernelsCompile() throws IOException {
        assertTrue(command("opencl-backend").contains("-XX:TieredStopAtLevel=1"));
    }

    @Test
    void theModulesAndExportsOfEveryBackendAreGiven() throws IOException {
        List<String> line = command("opencl-backend,ptx-backend");
        assertEquals(
                "tornado.runtime,tornado.annotation,tornado.drivers.common,tornado.drivers.opencl,tornado.drivers.ptx",
                line.get(line.indexOf("--add-modules") + 1));
        Path exports = folder.resolve("an sdk/etc/exportLists");
        for (String name : List.of("common", "opencl", "ptx")) {
            assertTrue(line.contains("@" + exports.resolve(name + "-exports")), line::toString);
        }
        assertTrue(command("spirv-backend").contains("@" + exports.resolve("opencl-exports")));
    }

    @Test
    void aBackendThatIsNotKnownIsLeftOut() throws IOException {
        assertEquals(command("opencl-backend"), command("abacus-backend,opencl-backend"));
    }

    @Test
    void theWorkingDirectoryIsNotOnTheModulePath() throws IOException {
        List<String> line = command("opencl-backend");
        assertEquals(
                folder.resolve("an sdk/share/java/tornado").toString(), line.get(line.indexOf("--module-path") + 1));
    }

    @Test
    void onlyTheEmbeddedRuntimeAndItsApiAreLeftOffTheClassPath() throws IOException {
        List<String> line = command("opencl-backend");
        List<String> kept = Arrays.asList(line.get(line.indexOf("-cp") + 1).split(File.pathSeparator));
        List<String> before =
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        List<String> left =
                before.stream().filter(entry -> !kept.contains(entry)).toList();
        assertEquals(2, left.size(), left::toString);
        assertTrue(left.stream().anyMatch(entry -> entry.contains("tornado-api")), left::toString);
        assertTrue(left.stream().anyMatch(entry -> entry.contains("tornado-runtime")), left::toString);
        assertFalse(kept.isEmpty());
    }

    @Test
    void anSdkThatIsNotWholeOrHasNoKnownBackendIsRefused() throws IOException {
        String unknown = assertThrows(SdkException.class, () -> command("abacus-backend"))
                .getMessage();
        assertTrue(unknown.contains("has only the backends [abacus]"), unknown);
        Path home = FakeSdk.in(folder.resolve("an sdk"), "5.2.0-jdk25", "opencl-backend");
        Files.delete(home.resolve("etc/exportLists/opencl-exports"));
        SdkInstallation sdk = SdkInstallation.find(Map.of("TORNADOVM_HOME", home.toString()), folder);
        String torn = assertThrows(SdkException.class, () -> new SdkLaunch(sdk).command(SdkLaunch.class, ""))
                .getMessage();
        assertTrue(torn.contains("is not whole"), torn);
    }

    @Test
    void aJdkThatTheSdkCannotUseIsRefused() {
        SdkLaunch.requireJdk("5.2.0-jdk25", Runtime.Version.parse("25.0.2"), true);
        SdkLaunch.requireJdk("5.2.0-jdk25", Runtime.Version.parse("25.0.7+8-LTS"), true);
        refusesJdk("25.0.1+8", true, "this is Java 25.0.1+8");
        refusesJdk("26", true, "this is Java 26");
        refusesJdk("25.0.2", false, "this JDK has no JVMCI");
    }

    private static void refusesJdk(String version, boolean hasJvmci, String problem) {
        String message = assertThrows(
                        SdkException.class,
                        () -> SdkLaunch.requireJdk("5.2.0-jdk25", Runtime.Version.parse(version), hasJvmci))
                .getMessage();
        assertEquals(
                "TornadoVM 5.2.0-jdk25 needs a JDK 25.0.2 or a later update of 25, and " + problem
                        + "; set SIROCCO_JAVA_HOME to one (sdk install java 25.0.2-tem)",
                message);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "libjsig is preloaded on Linux; run the tests there")
    void theJvmGetsItsSignalsBeforeACompilerInTheDriverDoes() {
        Map<String, String> environment = new HashMap<>(Map.of("LD_PRELOAD", "/mine.so"));
        SdkLaunch.keepSignals(environment);
        assertTrue(environment.get("LD_PRELOAD").matches("/.*/libjsig\\.so:/mine\\.so"), environment::toString);
        assertEquals("0", environment.get("POCL_SIGFPE_HANDLER"));
    }
}
