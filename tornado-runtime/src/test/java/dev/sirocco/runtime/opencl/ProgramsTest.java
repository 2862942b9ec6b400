package dev.sirocco.runtime.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.cache.KeptFiles;
import dev.sirocco.runtime.driver.KernelBinaries;
import dev.sirocco.runtime.driver.KernelFormat;
import dev.sirocco.runtime.ir.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs, from OpenCL C that is written by hand. */
class ProgramsTest {
    private static final IntermediateLanguage NO_SPIRV = new IntermediateLanguage.Refused("it is a test");
    private static final KernelSource SEVEN = source("__kernel void seven(__global int *x) { x[0] = 7; }");
    private static final KernelSource BROKEN = source("__kernel void seven(__global int *x) { x[0] = nothing; }");

    @TempDir
    private Path folder;

    private final OpenClDevice device = TestDevices.pocl();

    private static KernelSource source(String text) {
        return new KernelSource("Kernels.seven", "seven", KernelFormat.OPENCL_C, text, "-cl-std=CL1.2", false);
    }

    private Programs programs() {
        return new Programs(
                device.opencl(),
                device.context().handle(),
                device.handle(),
                "a driver",
                new KeptFiles(folder),
                true,
                NO_SPIRV);
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void buildsEqualSourcesOnce() {
        Programs programs = programs();
        long first = programs.get(SEVEN, KernelBinaries.NONE).get().program();
        assertEquals(
                first,
                programs.get(source(SEVEN.text()), KernelBinaries.NONE).get().program());
        assertNotEquals(
                first,
                programs.get(source(SEVEN.text() + "\n"), KernelBinaries.NONE)
                        .get()
                        .program());
        assertEquals(7, TestDevices.firstElementAfter(device, first, "seven"));
    }

    @Test
    void showsTheBuildLogAndKeepsTheSourceOfWhatCannotBeBuilt() throws IOException {
        KernelException refused = assertThrows(
                KernelException.class,
                () -> programs().get(BROKEN, KernelBinaries.NONE).get());
        assertTrue(refused.getMessage().startsWith("kernel Kernels.seven: "), refused::getMessage);
        assertTrue(refused.getMessage().contains(device.description().name()), refused::getMessage);
        assertTrue(refused.getMessage().contains("undeclared identifier 'nothing'"), refused::getMessage);
        Matcher file = Pattern.compile("are in (\\S+)\\)").matcher(refused.getMessage());
        assertTrue(file.find(), refused::getMessage);
        assertTrue(Files.readString(Path.of(file.group(1))).contains("x[0] = nothing"));
        Files.delete(Path.of(file.group(1)));
        assertEquals(List.of(), kept());
    }

    @Test
    void aSecondProcessTakesTheBinaryAndReplacesOneThatIsDamaged() throws IOException {
        programs().get(SEVEN, KernelBinaries.NONE).get();
        assertEquals(1, kept().size());
        Path file = kept().getFirst();
        byte[] whole = Files.readAllBytes(file);

        programs().get(SEVEN, KernelBinaries.NONE).get();
        assertArrayEquals(whole, Files.readAllBytes(file), "nothing was compiled, so nothing was written");

        Files.write(file, new byte[whole.length]);
        long program = programs().get(SEVEN, KernelBinaries.NONE).get().program();
        assertEquals(7, TestDevices.firstElementAfter(device, program, "seven"));
        assertTrue(Files.size(file) > 1000);
    }

    @Test
    void rebuildsWhatTheDriverNoLongerTakes() throws IOException {
        programs().get(SEVEN, KernelBinaries.NONE).get();
        String name = kept().getFirst().getFileName().toString();
        new KeptFiles(folder).keep(name, "a binary of another driver".getBytes());
        long program = programs().get(SEVEN, KernelBinaries.NONE).get().program();
        assertEquals(7, TestDevices.firstElementAfter(device, program, "seven"));
        assertTrue(new KeptFiles(folder).find(name).orElseThrow().length > 1000);
    }

    @Test
    void keepsTheBinariesOfDriversApart() throws IOException {
        programs().get(SEVEN, KernelBinaries.NONE).get();
        Programs other = new Programs(
                device.opencl(),
                device.context().handle(),
                device.handle(),
                "another",
                new KeptFiles(folder),
                true,
                NO_SPIRV);
        other.get(SEVEN, KernelBinaries.NONE).get();
        assertEquals(2, kept().size());
    }

    @Test
    void loadsABinaryThatWasBuiltElsewhere() throws IOException {
        Programs programs = programs();
        Path file = Files.write(
                folder.resolve("seven.bin"),
                programs.binary(programs.get(SEVEN, KernelBinaries.NONE).get().program()));
        KernelBinaries prebuilt = new KernelBinaries("folder", Map.of(SEVEN.digest(), file));
        long program = programs.get(SEVEN, prebuilt).get().program();
        assertEquals(7, TestDevices.firstElementAfter(device, program, "seven"));
        assertEquals(program, programs.get(SEVEN, prebuilt).get().program());
    }

    @Test
    void refusesAKernelWithoutBinaryWhereCompilingIsForbidden() {
        KernelBinaries none = new KernelBinaries("/the/folder", Map.of());
        Programs binariesOnly = new Programs(
                device.opencl(),
                device.context().handle(),
                device.handle(),
                "a driver",
                new KeptFiles(folder),
                false,
                NO_SPIRV);
        KernelException refused = assertThrows(KernelException.class, () -> binariesOnly.get(SEVEN, none));
        assertTrue(
                refused.getMessage().startsWith("kernel Kernels.seven: /the/folder has no binary"),
                refused::getMessage);
    }

    @Test
    void refusesABinaryThatIsNoneWithItsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("seven.bin"), "not a binary");
        KernelBinaries prebuilt = new KernelBinaries("folder", Map.of(SEVEN.digest(), file));
        KernelException refused = assertThrows(
                KernelException.class, () -> programs().get(SEVEN, prebuilt).get());
        assertTrue(refused.getMessage().contains(file.toString()), refused::getMessage);
        assertTrue(refused.getMessage().contains("build it again"), refused::getMessage);
    }

    @Test
    void aDigestStandsForTextAndOptions() {
        assertEquals(SEVEN.digest(), source(SEVEN.text()).digest());
        assertNotEquals(SEVEN.digest(), BROKEN.digest());
        assertNotEquals(
                SEVEN.digest(),
                new KernelSource(
                                "Kernels.seven",
                                "seven",
                                KernelFormat.OPENCL_C,
                                SEVEN.text(),
                                "-cl-std=CL1.2 -g",
                                false)
                        .digest());
    }
}
