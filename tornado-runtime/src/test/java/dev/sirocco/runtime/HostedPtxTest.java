package dev.sirocco.runtime;

/** The contract on PTX, carried out by the virtual card. */
final class HostedPtxTest extends DeviceContract {
    @Override
    String id() {
        return "hosted:ptx";
    }
}
