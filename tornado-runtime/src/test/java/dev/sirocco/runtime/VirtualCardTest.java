package dev.sirocco.runtime;

/** The contract on the driver for NVIDIA's cards, whose kernels the virtual card carries out. */
final class VirtualCardTest extends SeparateMemoryContract {
    @Override
    String id() {
        return "virtualcard";
    }
}
