package dev.sirocco.cli.device;

import dev.sirocco.model.loading.TornadoVmSdk;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;

/** The devices of the runtime of this process. */
public sealed interface RuntimeDevices permits EmbeddedDevices, SdkDevices {
    /** {@return those of the TornadoVM SDK that this process runs on, or else of the embedded runtime} */
    static RuntimeDevices ofProcess() {
        return TornadoVmSdk.isRuntime() ? new SdkDevices() : new EmbeddedDevices();
    }

    /**
     * {@return the device with this id; {@code auto} is the default device}
     *
     * @throws TornadoDeviceNotFound if there is none, with the reason or the ids that there are
     */
    TornadoDevice find(String id);

    /** {@return what a device of this runtime is} */
    ListedDevice describe(TornadoDevice device);

    /** {@return what devices there are, the default first} */
    List<ListedDevice> list();

    /** {@return for each driver that has no device, why that is and what to do about it} */
    Map<String, String> absences();
}
