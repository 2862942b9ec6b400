package dev.sirocco.runtime;

/** The contract on the tests' own device with memory of its own. */
final class ShadowDeviceTest extends SeparateMemoryContract {
    @Override
    String id() {
        return "shadow";
    }
}
