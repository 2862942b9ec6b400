package dev.sirocco.model.session;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sirocco.model.Float64Model;
import dev.sirocco.model.RandomGguf;
import dev.sirocco.model.RandomGguf.Shape;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.runtime.Devices;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.tasks.graph.KernelSettings;
import dev.sirocco.tasks.graph.KernelShape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A few logits of whole models on every OpenCL device, in both shapes of kernels: what CI can afford of SessionTest.
 * Without a chunk there are fewer kernels to compile.
 */
final class OpenClLogitsTest {
    private static final int LENGTH = 9;

    /** Two chunks of the prompt, then single tokens; the window of five has gone past the first tokens by then. */
    private static final int[] PARTS = {6, 1};

    private static final int CHUNK = 4;

    /** Small groups: they have the same parts as large ones. */
    private static final KernelSettings GROUPS =
            new KernelSettings(KernelShape.WORKGROUP, 8, 8, 3, false, 16, 3, 2, "");

    private final List<String> devices = Devices.installed().list().stream()
            .filter(device -> device.driver().equals("opencl"))
            .map(DeviceDescription::id)
            .toList();

    @TempDir
    private Path folder;

    @BeforeEach
    void thereIsADevice() {
        assumeFalse(devices.isEmpty(), "there is no OpenCL device; install pocl-opencl-icd");
    }

    @Test
    void rowsOfFloatsGiveTheLogitsOfADoublePrecisionForward() {
        compare(Shape.ODD, GgmlType.F32, KernelSettings.ROW, CHUNK, 1e-4);
    }

    @Test
    void workgroupsOfHalfFloatsGiveTheLogitsOfADoublePrecisionForward() {
        compare(Shape.ODD, GgmlType.F16, GROUPS, 1, 1e-4);
    }

    @Test
    void rowsOfBlocksGiveTheLogitsOfADoublePrecisionForward() {
        compare(Shape.BLOCKS, GgmlType.Q4_0, KernelSettings.ROW, 1, SessionTest.quantizationBound(Shape.BLOCKS));
    }

    @Test
    void workgroupsOfBlocksGiveTheLogitsOfADoublePrecisionForward() {
        compare(Shape.BLOCKS, GgmlType.Q8_0, GROUPS, CHUNK, SessionTest.quantizationBound(Shape.BLOCKS));
    }

    private void compare(Shape shape, GgmlType type, KernelSettings kernels, int chunk, double tolerance) {
        Path path = new RandomGguf(shape, type, 3).write(folder.resolve("m.gguf"));
        int[] tokens = SessionTest.randomTokens(shape, LENGTH);
        double[][] expected = new Float64Model(path, false).logits(tokens);
        for (String device : devices) {
            ModelOptions options = ModelOptions.DEFAULT
                    .withDevice(Devices.installed().find(device))
                    .withKernels(kernels);
            try (Model model = Model.open(path, options);
                    Session session = model.newSession(new SessionOptions(16, chunk))) {
                double[][] actual = SessionTest.logits(session, tokens, PARTS);
                for (int t = 0; t < LENGTH; t++) {
                    if (actual[t] != null) {
                        double error = SessionTest.distance(expected[t], actual[t]);
                        assertTrue(error <= tolerance, device + ", token " + t + ": relative error " + error);
                    }
                }
            }
        }
    }
}
