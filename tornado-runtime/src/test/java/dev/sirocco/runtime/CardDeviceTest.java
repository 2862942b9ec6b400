package dev.sirocco.runtime;

import java.util.stream.Stream;

/**
 * The contract on the card that {@code sirocco.test.devices} names. Elsewhere on the device that makes a card's PTX,
 * which is how gpu-check gets the kernels that this test runs on a card.
 */
final class CardDeviceTest extends SeparateMemoryContract {
    @Override
    String id() {
        return card();
    }

    /** {@return the id of that card, or of the device that makes its PTX} */
    static String card() {
        return Stream.of(System.getProperty("sirocco.test.devices", "").split(","))
                .filter(device -> device.startsWith("cuda:"))
                .findFirst()
                .orElse("ptxmaker");
    }
}
