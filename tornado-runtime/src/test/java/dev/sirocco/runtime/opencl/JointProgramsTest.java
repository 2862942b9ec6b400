package dev.sirocco.runtime.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.cache.KeptFiles;
import dev.sirocco.runtime.cache.Pending;
import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.KernelBinaries;
import dev.sirocco.runtime.driver.KernelFormat;
import dev.sirocco.runtime.ir.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kernels that are built together, from OpenCL C that is written by hand. */
class JointProgramsTest {
    private static final String OPTIONS = "-cl-std=CL1.2";

    /** Long enough ago for a file that is written again to show it. */
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    private Path folder;

    private final OpenClDevice device = TestDevices.pocl();

    /** A kernel whose name, function and variables all such kernels have, and whose result none else has. */
    private static KernelSource giving(int result, String options) {
        return new KernelSource(
                "Kernels.f", "f", KernelFormat.OPENCL_C, """
                static int value(int x) {
                    return x + RESULT;
                }

                __kernel void f(__global int *value_1) { value_1[0] = value(1) - 1; }
                """.replace("RESULT", "" + result), options, true);
    }

    private static List<KernelSource> kernels(int first, int end) {
        return IntStream.range(first, end).mapToObj(i -> giving(i, OPTIONS)).toList();
    }

    private Programs programs() {
        return programs(device);
    }

    private Programs programs(OpenClDevice on) {
        return new Programs(
                on.opencl(),
                on.context().handle(),
                on.handle(),
                "a driver",
                new KeptFiles(folder),
                true,
                new IntermediateLanguage.Refused("it is a test"));
    }

    private static List<Pending<CompiledKernel>> start(Programs programs, List<KernelSource> sources) {
        return sources.stream()
                .map(source -> programs.getJoint(source, KernelBinaries.NONE))
                .toList();
    }

    /** {@return what kernels give} */
    private List<Integer> run(List<Pending<CompiledKernel>> kernels) {
        return kernels.stream()
                .map(Pending::get)
                .map(kernel -> TestDevices.firstElementAfter(device, kernel))
                .toList();
    }

    private List<Integer> run(Programs programs, List<KernelSource> sources) {
        return run(start(programs, sources));
    }

    private static long programsOf(List<Pending<CompiledKernel>> kernels) {
        return kernels.stream().map(kernel -> kernel.get().program()).distinct().count();
    }

    private List<Path> kept(String part) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains(part))
                    .toList();
        }
    }

    @Test
    void kernelsOfEqualNamesAreBuiltTogetherAndKeepTheirMeaning() throws IOException {
        List<Pending<CompiledKernel>> kernels = start(programs(), kernels(0, 6));
        assertEquals(List.of(0, 1, 2, 3, 4, 5), run(kernels));
        assertEquals(1, programsOf(kernels));
        assertEquals(1, kept("joint.").size());
    }

    @Test
    void kernelsThatDifferInIntegersAreOneAndASecondProcessFindsThem() {
        List<KernelSource> sources = IntStream.range(0, 4)
                .mapToObj(i -> new KernelSource(
                        "Kernels.g", "g", KernelFormat.OPENCL_C, """
                        __kernel __attribute__((reqd_work_group_size(1, 1, 1)))
                        void g(__global int *x) { x[0] = (12 + SIZE) * 3; }
                        """.replace("SIZE", "" + (100 + i)), OPTIONS, true))
                .toList();
        List<Integer> expected = List.of(336, 339, 342, 345);
        List<Pending<CompiledKernel>> kernels = start(programs(), sources);
        assertEquals(expected, run(kernels));
        assertEquals(kernels.get(1).get().symbol(), kernels.get(3).get().symbol());
        assertEquals(List.of(103), kernels.get(3).get().sizes());
        List<Pending<CompiledKernel>> later = start(programs(), sources);
        assertEquals(expected, run(later));
        assertEquals(List.of(103), later.get(3).get().sizes());
        assertEquals(List.of(1L, 1L, 1L), later.get(3).get().group());
    }

    @Test
    void kernelsThatStoreOtherValuesAreOne() {
        List<KernelSource> sources = Stream.of("12", "i + 5", "(x[i] & 0) + 7", "i + 6", "(x[i] & 0) * 3 + 1")
                .map(value -> new KernelSource(
                        "Kernels.h", "h", KernelFormat.OPENCL_C, """
                        __kernel __attribute__((reqd_work_group_size(1, 1, 1)))
                        void h(__global int *x) {
                            int i = (int) get_global_id(0);
                            x[i] = VALUE; // line 3
                        }
                        """.replace("VALUE", value), OPTIONS, true))
                .toList();
        List<Pending<CompiledKernel>> kernels = start(programs(), sources);
        assertEquals(List.of(12, 5, 7, 6, 1), run(kernels));
        assertEquals(
                1,
                kernels.stream().map(kernel -> kernel.get().symbol()).distinct().count());
    }

    @Test
    void equalKernelsAreBuiltOnce() {
        Programs programs = programs();
        List<Pending<CompiledKernel>> kernels = start(programs, kernels(0, 4));
        CompiledKernel again =
                programs.getJoint(giving(3, OPTIONS), KernelBinaries.NONE).get();
        assertEquals(kernels.get(3).get(), again);
    }

    @Test
    void kernelsOfOtherOptionsAreInOtherPrograms() {
        List<KernelSource> sources = new ArrayList<>(kernels(0, 4));
        kernels(4, 8).forEach(source -> sources.add(giving(sources.size(), OPTIONS + " -cl-mad-enable")));
        List<Pending<CompiledKernel>> kernels = start(programs(), sources);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), run(kernels));
        assertNotEquals(kernels.get(3).get().program(), kernels.get(7).get().program());
    }

    @Test
    void aSecondProcessBuildsNothing() throws IOException {
        run(programs(), kernels(0, 6));
        Map<Path, FileTime> before = new TreeMap<>();
        for (Path file : kept("")) {
            Files.setLastModifiedTime(file, LONG_AGO);
            before.put(file, LONG_AGO);
        }
        assertEquals(List.of(0, 1, 2, 3, 4, 5), run(programs(), kernels(0, 6)));
        Map<Path, FileTime> after = new TreeMap<>();
        for (Path file : kept("")) {
            after.put(file, Files.getLastModifiedTime(file));
        }
        assertEquals(before, after, "what is built is kept");
    }

    @Test
    void plansShareTheKernelsThatBothHave() throws IOException {
        run(programs(), kernels(0, 4));
        List<Path> before = kept("");
        assertEquals(List.of(2, 3, 4, 5, 6), run(programs(), kernels(2, 7)));
        assertEquals(
                List.of(6, 0, 5, 1),
                run(
                        programs(),
                        Stream.of(6, 0, 5, 1)
                                .map(result -> giving(result, OPTIONS))
                                .toList()));
        List<Path> added = new ArrayList<>(kept(""));
        added.removeAll(before);
        long kernels = added.stream()
                .filter(file -> !file.getFileName().toString().startsWith("joint."))
                .count();
        assertEquals(3, kernels, () -> "three kernels were new: " + added);
    }

    @Test
    void oneBadKernelAmongManyIsNamedAndTheOthersAreBuilt() throws IOException {
        List<KernelSource> sources = new ArrayList<>(kernels(0, 5));
        sources.add(
                3,
                new KernelSource(
                        "Kernels.bad",
                        "bad",
                        KernelFormat.OPENCL_C,
                        "__kernel void bad(__global int *x) { x[0] = nothing; }",
                        OPTIONS,
                        true));
        List<Pending<CompiledKernel>> kernels = start(programs(), sources);
        KernelException refused =
                assertThrows(KernelException.class, () -> kernels.get(3).get());
        assertTrue(refused.getMessage().startsWith("kernel Kernels.bad: "), refused::getMessage);
        assertTrue(refused.getMessage().contains("undeclared identifier 'nothing'"), refused::getMessage);
        List<Pending<CompiledKernel>> good = new ArrayList<>(kernels);
        good.remove(3);
        assertEquals(List.of(0, 1, 2, 3, 4), run(good));
    }

    @Test
    void whatIsDamagedOrNoLongerTakenIsBuiltAgain() throws IOException {
        List<Integer> expected = List.of(0, 1, 2, 3, 4, 5);
        run(programs(), kernels(0, 6));
        for (Path file : kept("joint.")) {
            Files.write(file, new byte[100]);
        }
        assertEquals(expected, run(programs(), kernels(0, 6)));
        for (Path file : kept("joint.")) {
            new KeptFiles(folder).keep(file.getFileName().toString(), "of another driver".getBytes());
        }
        assertEquals(expected, run(programs(), kernels(0, 6)));
        for (Path file : kept(".place")) {
            new KeptFiles(folder).keep(file.getFileName().toString(), "nonsense".getBytes());
        }
        assertEquals(expected, run(programs(), kernels(0, 6)));
        for (Path file : kept("joint.")) {
            Files.delete(file);
        }
        assertEquals(expected, run(programs(), kernels(0, 6)));
    }

    @Test
    void isBuiltOnceMoreWhenClangLosesItsFile() {
        OpenClDriver driver = new OpenClDriver("lost", FloatMode.RELAXED, false, () -> LinkedLibrary.of("lostfile"));
        OpenClDevice losing = (OpenClDevice) driver.devices().stream()
                .filter(found -> found.description().platform().equals("Portable Computing Language"))
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(losing != null, driver::absence);
        Programs programs = programs(losing);
        assertEquals(
                List.of(0, 1, 2, 3),
                start(programs, kernels(0, 4)).stream()
                        .map(Pending::get)
                        .map(kernel -> TestDevices.firstElementAfter(losing, kernel))
                        .toList());
        CompiledKernel alone =
                programs.get(giving(9, OPTIONS), KernelBinaries.NONE).get();
        assertEquals(9, TestDevices.firstElementAfter(losing, alone.program(), alone.symbol()));
    }
}
