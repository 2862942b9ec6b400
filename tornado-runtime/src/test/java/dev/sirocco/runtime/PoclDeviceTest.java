package dev.sirocco.runtime;

/** The contract on PoCL, which runs work-groups on the host's processor, in the host's memory. */
final class PoclDeviceTest extends DeviceContract {
    @Override
    String id() {
        return OpenClPlatform.POCL.device("opencl");
    }

    @Override
    boolean copiesWhatTheHostWrites() {
        return true;
    }
}
