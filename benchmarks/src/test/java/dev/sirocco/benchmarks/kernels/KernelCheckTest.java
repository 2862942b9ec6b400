package dev.sirocco.benchmarks.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.Devices;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

final class KernelCheckTest {
    private final TornadoDevice reference = Devices.installed().find("reference");
    private final TornadoDevice cpu = Devices.installed().find("cpu");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rmsnorm/4096x1",
                "quantize/4096x1",
                "panels/4096x128",
                "quantize/4096x128",
                "swiglu/14336x1",
                "rotate/128",
                "embedding/Q4_0/4096x128",
                "attention/F32/1@127",
                "attention/F32/128@0",
                "matvec/Q8_0/1024x4096",
                "matmat/Q8_0/1024x4096x128"
            })
    void findsTheSameResultsOnTheProcessor(String name) {
        KernelCase kernel = new KernelCatalog().find(name);
        assertTrue(KernelCheck.compare(kernel, cpu, reference) <= 1);
    }

    @Test
    void tellsWhichElementIsWrong() {
        KernelCase right = new KernelCatalog().find("rmsnorm/4096x1");
        // Stands for a device whose results are off: the outputs are read from an array that no kernel wrote.
        FloatArray elsewhere = new FloatArray(4096);
        elsewhere.init(2f);
        AtomicBoolean first = new AtomicBoolean(true);
        KernelCase wrong = new KernelCase(right.name(), 1, 0, 4096, 1, 1, 0, (seed, step) -> {
            KernelTask task = right.recipe().make(seed, step);
            return first.getAndSet(false)
                    ? new KernelTask(task.inputs(), List.of(new KernelOutput(elsewhere, 4096)), task.adder())
                    : task;
        });
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> KernelCheck.compare(wrong, reference, reference));
        assertTrue(failure.getMessage().contains("element 0 is 2.0"), failure.getMessage());
    }

    @Test
    void measuresTimeInAJvmOfItsOwn() {
        KernelResult result = new KernelMeasurement("reference", 2, 0.05, System.err).measure("rmsnorm/4096x1");
        assertEquals(2, result.nanos().size());
        assertTrue(result.meanNanos() > 0);
        assertEquals(result.bytes() / result.meanNanos(), result.gigabytesPerSecond());
    }
}
