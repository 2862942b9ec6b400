package dev.sirocco.cli.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SdkInstallationTest {
    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void makeSdk() throws IOException {
        home = FakeSdk.in(folder.resolve("an sdk"), "5.2.0-jdk25", "opencl-backend,ptx-backend");
    }

    private SdkInstallation find(Path named) {
        return SdkInstallation.find(Map.of("TORNADOVM_HOME", named.toString()), folder);
    }

    private void refuses(Path named, String problem) {
        String message = assertThrows(SdkException.class, () -> find(named)).getMessage();
        assertTrue(message.contains(problem), message);
        assertTrue(message.contains("set TORNADOVM_HOME to the folder of a TornadoVM SDK 5.2.0-jdk25"), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void theFolderThatTheEnvironmentNamesIsTaken() {
        SdkInstallation sdk = find(home);
        assertEquals(new SdkInstallation(home, "5.2.0-jdk25", List.of("opencl", "ptx")), sdk);
        assertTrue(sdk.isTried());
    }

    @Test
    void sdkmansCurrentOneIsFound() throws IOException {
        Path current =
                FakeSdk.in(folder.resolve(".sdkman/candidates/tornadovm/current"), "6.0.1-jdk25", "opencl-backend");
        SdkInstallation sdk = SdkInstallation.find(Map.of(), folder);
        assertEquals(current, sdk.home());
        assertFalse(sdk.isTried());
        assertEquals(
                sdk,
                SdkInstallation.find(
                        Map.of("SDKMAN_DIR", folder.resolve(".sdkman").toString()), Path.of("/nowhere")));
    }

    @Test
    void whereThereIsNoneTheMessageSaysWhatToDo() {
        String message = assertThrows(SdkException.class, () -> SdkInstallation.find(Map.of(), folder.resolve("home")))
                .getMessage();
        assertTrue(message.startsWith("no TornadoVM SDK: TORNADOVM_HOME is not set and " + folder), message);
        refuses(folder, "is no TornadoVM SDK: " + folder.resolve("etc/tornado.release") + " is missing");
    }

    @Test
    void versionsThatCannotWorkAreRefused() throws IOException {
        refuses(FakeSdk.in(home, "4.0.1-jdk25", "opencl-backend"), "is TornadoVM 4.0.1-jdk25, which is too old");
        refuses(FakeSdk.in(home, "5.1.0-jdk25", "opencl-backend"), "which is too old");
        refuses(FakeSdk.in(home, "7.0.0-jdk25", "opencl-backend"), "which is too new");
        refuses(FakeSdk.in(home, "5.2.0-jdk21", "opencl-backend"), "made for JDK 21, and this program needs JDK 25");
        refuses(FakeSdk.in(home, "nightly", "opencl-backend"), "the version 'nightly'");
    }

    @Test
    void anSdkWithoutBackendIsRefused() throws IOException {
        refuses(FakeSdk.in(home, "5.2.0-jdk25", ""), "has no backend");
    }
}
