package uk.ac.manchester.tornado.api;

/** The limits of a device's hardware. Sizes are bytes. */
public interface TornadoTargetDevice {
    /** {@return the name that the vendor gave it} */
    String getDeviceName();

    long getDeviceGlobalMemorySize();

    /** {@return the local memory of one work-group} */
    long getDeviceLocalMemorySize();

    /** {@return cores of a CPU, multiprocessors of a GPU} */
    int getDeviceMaxComputeUnits();

    /** {@return the greatest number of work-items of a work-group in each of the three dimensions} */
    long[] getDeviceMaxWorkItemSizes();

    /** {@return the greatest number of work-items of a work-group, as the first element} */
    long[] getDeviceMaxWorkGroupSize();

    /** {@return driver and version, for people} */
    String getDeviceInfo();
}
