package uk.ac.manchester.tornado.api.common;

import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** A device that a plan can run on, as its runtime describes it. Sizes are bytes. */
public interface TornadoDevice {
    /** {@return the runtime's short name for the device} */
    String getDeviceName();

    /** {@return the device's name and kind, for people} */
    String getDescription();

    /** {@return the name of the driver or platform that offers the device} */
    String getPlatformName();

    /** {@return the limits of the hardware} */
    TornadoTargetDevice getPhysicalDevice();

    TornadoDeviceType getDeviceType();

    /** {@return the largest single allocation} */
    long getMaxAllocMemory();

    long getMaxGlobalMemory();

    /** {@return the local memory of one work-group} */
    long getDeviceLocalMemorySize();

    /** {@return the greatest number of work-items of a work-group in each of the three dimensions} */
    long[] getDeviceMaxWorkgroupDimensions();

    /** {@return the index of the backend that the device belongs to} */
    int getBackendIndex();

    /** {@return the processors of the host} */
    default int getAvailableProcessors() {
        return Runtime.getRuntime().availableProcessors();
    }

    TornadoVMBackendType getTornadoVMBackend();
}
