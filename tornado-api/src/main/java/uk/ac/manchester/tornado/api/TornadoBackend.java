package uk.ac.manchester.tornado.api;

import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** The devices of one driver family. */
public interface TornadoBackend {
    TornadoDevice getDefaultDevice();

    int getNumDevices();

    /**
     * @throws uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound if there is no such device
     */
    TornadoDevice getDevice(int index);

    List<TornadoDevice> getAllDevices();

    String getName();

    TornadoVMBackendType getBackendType();
}
