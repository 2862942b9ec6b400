package dev.sirocco.runtime;

/** The contract on PoCL when arrays are copied to buffers of the device, as they are to a graphics card. */
final class PoclCopiesTest extends SeparateMemoryContract {
    @Override
    String id() {
        return OpenClPlatform.POCL.device("copying");
    }
}
