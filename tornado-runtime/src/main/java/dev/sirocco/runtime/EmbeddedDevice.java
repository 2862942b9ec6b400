package dev.sirocco.runtime;

import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** A device as the API shows it. */
final class EmbeddedDevice implements TornadoDevice, TornadoTargetDevice {
    private final EmbeddedBackend backend;
    private final Device device;

    EmbeddedDevice(EmbeddedBackend backend, Device device) {
        this.backend = backend;
        this.device = device;
    }

    Device device() {
        return device;
    }

    DeviceDescription description() {
        return device.description();
    }

    /** {@return the id by which a user names the device, such as {@code cpu}} */
    @Override
    public String getDeviceName() {
        return description().id();
    }

    @Override
    public String getDescription() {
        return description().name() + " (" + description().version() + ")";
    }

    @Override
    public String getPlatformName() {
        return backend.getName();
    }

    @Override
    public TornadoTargetDevice getPhysicalDevice() {
        return this;
    }

    @Override
    public TornadoDeviceType getDeviceType() {
        return switch (description().kind()) {
            case CPU -> TornadoDeviceType.CPU;
            case GPU -> TornadoDeviceType.GPU;
            case ACCELERATOR -> TornadoDeviceType.ACCELERATOR;
        };
    }

    @Override
    public long getMaxAllocMemory() {
        return description().limits().maxAllocationBytes();
    }

    @Override
    public long getMaxGlobalMemory() {
        return description().memoryBytes();
    }

    @Override
    public long getDeviceGlobalMemorySize() {
        return description().memoryBytes();
    }

    @Override
    public long getDeviceLocalMemorySize() {
        return description().limits().localMemoryBytes();
    }

    @Override
    public int getDeviceMaxComputeUnits() {
        return description().computeUnits();
    }

    @Override
    public long[] getDeviceMaxWorkgroupDimensions() {
        return description().limits().maxWorkItemSizes().stream()
                .mapToLong(Integer::longValue)
                .toArray();
    }

    @Override
    public long[] getDeviceMaxWorkItemSizes() {
        return getDeviceMaxWorkgroupDimensions();
    }

    @Override
    public long[] getDeviceMaxWorkGroupSize() {
        return new long[] {description().limits().maxWorkGroupSize()};
    }

    @Override
    public String getDeviceInfo() {
        return getDescription();
    }

    @Override
    public int getBackendIndex() {
        return backend.index();
    }

    @Override
    public TornadoVMBackendType getTornadoVMBackend() {
        return backend.getBackendType();
    }

    @Override
    public String toString() {
        return getDeviceName() + ": " + getDescription();
    }
}
