package dev.sirocco.tasks;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.Devices;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Every test here binds its kernels in strict mode, which refuses what a TornadoVM SDK would refuse or get wrong: this
 * one sees to it that the mode is on.
 */
class StrictModeTest {
    static void shiftLogically(IntArray in, FloatArray a, FloatArray b, IntArray out, int size) {
        for (@Parallel int i = 0; i < size; i++) {
            out.set(i, in.get(i) >>> 3);
        }
    }

    @Test
    void kernelsThatATornadoVmSdkGetsWrongAreRefused() {
        KernelCall call = KernelCall.of(
                StrictModeTest::shiftLogically,
                new IntArray(4),
                new FloatArray(4),
                new FloatArray(4),
                new IntArray(4),
                4);
        KernelRunner runner = new KernelRunner.OnDevice(Devices.installed().find("reference"));
        String message =
                assertThrows(RuntimeException.class, () -> runner.run(call)).getMessage();
        assertTrue(
                message.matches("kernel StrictModeTest.shiftLogically \\(line \\d+\\): not for a TornadoVM SDK: .*"),
                message);
    }
}
