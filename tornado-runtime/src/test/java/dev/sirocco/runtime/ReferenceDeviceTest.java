package dev.sirocco.runtime;

/** The contract on the {@code reference} device, which shares the host's memory. */
final class ReferenceDeviceTest extends DeviceContract {
    @Override
    String id() {
        return "reference";
    }
}
