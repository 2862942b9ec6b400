package dev.sirocco.runtime.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.TaskSpec;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class CpuDriverTest {
    static void increment(IntArray counts, int by) {
        for (@Parallel int i = 0; i < counts.getSize(); i++) {
            counts.set(i, counts.get(i) + by);
        }
    }

    static void harmonic(FloatArray out) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            float sum = 0f;
            for (int k = 1; k <= 2000; k++) {
                sum += 1f / k;
            }
            out.set(i, sum);
        }
    }

    private static Device device(int threads) {
        return new CpuDriver(threads, FloatMode.RELAXED).devices().getFirst();
    }

    private static BoundTask bind(Device device, PrintStream print, String kernel, Object... arguments)
            throws ReflectiveOperationException {
        Class<?>[] types = new Class<?>[arguments.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = arguments[i] instanceof Integer ? int.class : arguments[i].getClass();
        }
        TaskSpec task = new TaskSpec(
                "g." + kernel,
                CpuDriverTest.class.getDeclaredMethod(kernel, types),
                List.of(arguments),
                null,
                "",
                print);
        return device.bind(task, device.newMemory());
    }

    @Test
    void describesTheProcessor() {
        Device device = device(2);
        assertEquals("cpu", device.description().id());
        assertEquals(2, device.description().computeUnits());
        assertTrue(device.description().version().startsWith("LLVM 20."), device.description()::version);
        assertTrue(device.description().memoryBytes() > 1 << 20);
        assertEquals("", new CpuDriver(1, FloatMode.STRICT).absence());
    }

    @Test
    void wrongPropertiesAreRefusedWithTheirName() {
        for (String[] setting :
                new String[][] {{"sirocco.threads", "0"}, {"sirocco.threads", "many"}, {"sirocco.floats", "exact"}}) {
            System.setProperty(setting[0], setting[1]);
            try {
                String message = assertThrows(IllegalArgumentException.class, CpuDriver::new)
                        .getMessage();
                assertTrue(message.startsWith("-D" + setting[0]) && message.endsWith(setting[1]), message);
            } finally {
                System.clearProperty(setting[0]);
            }
        }
    }

    @Test
    void manyLaunchesFromTwoThreadsAllCount() throws Exception {
        Device device = device(3);
        List<IntArray> arrays = List.of(new IntArray(5001), new IntArray(70_000));
        List<Thread> callers = new ArrayList<>();
        for (IntArray array : arrays) {
            BoundTask task = bind(device, null, "increment", array, 3);
            callers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 2000; i++) {
                    task.run();
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        for (IntArray array : arrays) {
            for (int i = 0; i < array.getSize(); i++) {
                assertEquals(6000, array.get(i), "element " + i);
            }
        }
    }

    @Test
    void measuresTheLastRun() throws Exception {
        FloatArray out = new FloatArray(3000);
        BoundTask task = bind(device(2), null, "harmonic", out);
        task.run();
        long start = System.nanoTime();
        task.run();
        long around = System.nanoTime() - start;
        assertTrue(task.kernelNanos() > 10_000 && task.kernelNanos() <= around, task.kernelNanos() + " of " + around);
        assertEquals(8.178368, out.get(2999), 1e-4);
    }

    @Test
    void printsIrLlvmIrAndAssemblyWhenAsked() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        bind(device(1), new PrintStream(printed), "increment", new IntArray(100), 1);
        String text = printed.toString();
        assertTrue(text.contains("; after lifting"), text);
        assertTrue(text.contains("define void @CpuDriverTest.increment(ptr"), text);
        assertTrue(text.contains("; CpuDriverTest.increment after "), text);
        assertTrue(text.contains("# CpuDriverTest.increment for "), text);
    }
}
