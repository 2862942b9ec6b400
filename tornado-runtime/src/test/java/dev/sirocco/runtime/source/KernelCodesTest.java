package dev.sirocco.runtime.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.opencl.OpenClEmitter;
import dev.sirocco.runtime.codegen.opencl.OpenClTarget;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.KernelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Code that an earlier process kept, of kernels whose classes change between processes. */
class KernelCodesTest {
    private static final String KERNELS = """
            import uk.ac.manchester.tornado.api.KernelContext;
            import uk.ac.manchester.tornado.api.annotations.Parallel;
            import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

            public class Kernels {
                public static void scale(FloatArray x, float factor) {
                    for (@Parallel int i = 0; i < x.getSize(); i++) {
                        x.set(i, Helper.scaled(x.get(i), factor));
                    }
                }

                public static void grid(KernelContext context, FloatArray x) {
                    x.set(context.globalIdx, 1f);
                }

                public static void refused(FloatArray x) {
                    System.gc();
                }
            }
            """;
    private static final String HELPER = """
            public class Helper {
                static float scaled(float x, float factor) {
                    return x * factor;
                }
            }
            """;

    @TempDir
    private Path folder;

    private int written;

    /** OpenCL C, and a count of how often it was written. */
    private final class Counting implements CodeGenerator {
        @Override
        public Launch launch(Function function, TaskSpec task) {
            return Launch.of(function, task.arguments(), task.grid(), FloatMode.RELAXED);
        }

        @Override
        public String symbol(Function function) {
            return OpenClEmitter.symbol(function);
        }

        @Override
        public String text(Function function, Launch launch) {
            written++;
            return OpenClEmitter.emit(function, launch, OpenClTarget.CORE);
        }
    }

    /** {@return the codes of a process that begins} */
    private KernelCodes codes(String target) {
        return new KernelCodes(new Counting(), target, folder);
    }

    private KernelCodes codes() {
        return codes("a target");
    }

    /** {@return the method of classes that are compiled now, as another process has them} */
    private Method method(String name, String kernels, String helper) throws Exception {
        Path classes = Files.createTempDirectory(folder, "classes");
        Path[] sources = {
            Files.writeString(classes.resolve("Kernels.java"), kernels),
            Files.writeString(classes.resolve("Helper.java"), helper)
        };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-g", "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
            assertTrue(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(sources))
                    .call());
        }
        URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        return Arrays.stream(loader.loadClass("Kernels").getMethods())
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Method scale() throws Exception {
        return method("scale", KERNELS, HELPER);
    }

    private static TaskSpec task(Method method, Object... arguments) {
        return new TaskSpec("graph.task", method, List.of(arguments), null, "", null);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("code"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void aSecondProcessTakesTheCodeOfTheFirst() throws Exception {
        KernelCode first = codes().of(task(scale(), new FloatArray(100), 2f));
        KernelCode second = codes().of(task(scale(), new FloatArray(100), 2f));
        assertEquals(first, second);
        assertEquals(List.of(100L), second.launch().sizes());
        assertTrue(second.text().contains("__kernel"), second.text());
        assertEquals(1, written);
    }

    @Test
    void equalKernelsAreOneInAProcess() throws Exception {
        KernelCodes codes = codes();
        Method scale = scale();
        assertSame(codes.of(task(scale, new FloatArray(100), 2f)), codes.of(task(scale, new FloatArray(100), 2f)));
        assertEquals(1, written);
    }

    @Test
    void aGridsLaunchIsThatOfTheTask() throws Exception {
        Method grid = method("grid", KERNELS, HELPER);
        for (int local : new int[] {8, 4, 8, 4}) {
            WorkerGrid workers = new WorkerGrid1D(32);
            workers.setLocalWork(local, 1, 1);
            KernelCode code = codes().of(
                            task(grid, new KernelContext(), new FloatArray(32)).withGrid(workers));
            assertEquals(List.of((long) local), code.launch().groupSizes());
            assertEquals(List.of(32L), code.launch().sizes());
        }
        assertEquals(2, written);
    }

    @Test
    void whatDecidesOnTheCodeTellsItApart() throws Exception {
        FloatArray x = new FloatArray(100);
        codes().of(task(scale(), x, 2f));
        codes().of(task(scale(), x, 2.5f));
        codes().of(task(scale(), new FloatArray(101), 2f));
        codes("another target").of(task(scale(), x, 2f));
        assertEquals(4, written);
    }

    @Test
    void aKernelThatIsEditedIsWrittenAgain() throws Exception {
        codes().of(task(scale(), new FloatArray(100), 2f));
        Method edited = method("scale", KERNELS.replace("x.get(i), factor)", "x.get(i), factor + 1f)"), HELPER);
        assertTrue(codes().of(task(edited, new FloatArray(100), 2f)).text().contains("3.0"));
        assertEquals(2, written);
    }

    @Test
    void aKernelWhoseHelperIsEditedIsWrittenAgain() throws Exception {
        KernelCode before = codes().of(task(scale(), new FloatArray(100), 2f));
        String edited = HELPER.replace("x * factor", "x - factor");
        KernelCode after = codes().of(task(method("scale", KERNELS, edited), new FloatArray(100), 2f));
        assertNotEquals(before.text(), after.text());
        assertEquals(
                after, codes().of(task(method("scale", KERNELS, edited), new FloatArray(100), 2f)), "kept in its turn");
        assertEquals(2, written);
        assertEquals(before, codes().of(task(scale(), new FloatArray(100), 2f)));
    }

    @Test
    void aDamagedFileIsIgnoredAndWrittenAgain() throws Exception {
        KernelCode code = codes().of(task(scale(), new FloatArray(100), 2f));
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 10, 40, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertEquals(code, codes().of(task(scale(), new FloatArray(100), 2f)));
            assertEquals(whole.length, Files.size(file));
        }
        assertEquals(6, written);
        assertEquals(List.of(file), files());
    }

    @Test
    void whatIsPrintedIsMadeAnew() throws Exception {
        codes().of(task(scale(), new FloatArray(100), 2f));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        TaskSpec task = new TaskSpec(
                "graph.task", scale(), List.of(new FloatArray(100), 2f), null, "", new PrintStream(printed, true));
        codes().of(task);
        assertTrue(printed.toString().contains("after lifting"));
        assertEquals(2, written);
    }

    @Test
    void aRefusedKernelIsRefusedEachTime() throws Exception {
        for (int process = 0; process < 2; process++) {
            TaskSpec refused = task(method("refused", KERNELS, HELPER), new FloatArray(1));
            assertThrows(KernelException.class, () -> codes().of(refused));
        }
    }

    @Test
    void anotherBuildOfTheRuntimeIsAnotherRevision() throws IOException {
        Path one = Files.createDirectories(folder.resolve("one/dev"));
        Files.write(one.resolve("A.class"), new byte[] {1, 2});
        String before = RuntimeRevision.of(folder.resolve("one"));
        assertEquals(before, RuntimeRevision.of(folder.resolve("one")));
        Files.write(one.resolve("A.class"), new byte[] {1, 3});
        assertNotEquals(before, RuntimeRevision.of(folder.resolve("one")));
        String jar = RuntimeRevision.of(jar(new byte[] {1, 2}));
        assertEquals(jar, RuntimeRevision.of(jar(new byte[] {1, 2})));
        assertNotEquals(jar, RuntimeRevision.of(jar(new byte[] {1, 3})));
    }

    private Path jar(byte[] content) throws IOException {
        Path file = Files.createTempFile(folder, "runtime", ".jar");
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new ZipEntry("dev/A.class"));
            jar.write(content);
        }
        return file;
    }
}
