package dev.sirocco.runtime;

/** The contract on the code that becomes PTX, run by the host. */
final class HostedPtxTest extends DeviceContract {
    @Override
    String id() {
        return "hosted:ptx";
    }
}
