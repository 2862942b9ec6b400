package dev.sirocco.tasks;

import dev.sirocco.testing.TestedDevices;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Where products on tensor cores are tested. */
public final class TensorDevices {
    private TensorDevices() {}

    /**
     * {@return the reference device and the virtual card; where there is no hosted device, those that
     * {@code sirocco.test.devices} names: a card, or what makes its PTX}
     */
    public static Stream<TornadoDevice> all() {
        return TestedDevices.hosted().isEmpty()
                ? TestedDevices.ofKernels().stream().map(TestedDevices::find)
                : Stream.of("reference", "hosted:ptx").map(TestedDevices::find);
    }
}
