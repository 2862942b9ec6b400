package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** The backends that this process can use. */
public interface TornadoRuntime {
    int getNumBackends();

    /**
     * @throws uk.ac.manchester.tornado.api.exceptions.TornadoBackendNotFound if there is no such backend
     */
    TornadoBackend getBackend(int index);

    /**
     * @throws uk.ac.manchester.tornado.api.exceptions.TornadoBackendNotFound if there is no such backend
     */
    TornadoVMBackendType getBackendType(int index);

    /** {@return the device of a plan that names none} */
    TornadoDevice getDefaultDevice();
}
