package dev.sirocco.runtime;

import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.Driver;
import dev.sirocco.runtime.graph.EmbeddedPlan;
import dev.sirocco.spi.GraphDescription;
import dev.sirocco.spi.PlanExecutor;
import dev.sirocco.spi.RuntimeProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBackendNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * The runtime behind the task-graph API. It has one backend for each driver that has a device; drivers are services of
 * {@link Driver}. The {@code cpu} device is first and the default, {@code reference} is last and always there.
 */
public final class EmbeddedRuntime implements RuntimeProvider, TornadoRuntime {
    private final List<EmbeddedBackend> drivers;

    /** Made once by the service loader of the API. */
    public EmbeddedRuntime() {
        this(ServiceLoader.load(Driver.class, Driver.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    EmbeddedRuntime(List<Driver> found) {
        List<Driver> ordered = new ArrayList<>(found);
        ordered.sort((a, b) -> Integer.compare(rank(a), rank(b)));
        this.drivers = ordered.stream()
                .map(driver -> new EmbeddedBackend(this, driver))
                .toList();
    }

    private static int rank(Driver driver) {
        return switch (driver.name()) {
            case "cpu" -> 0;
            case "reference" -> 2;
            default -> 1;
        };
    }

    /** {@return all drivers, whether or not they have a device} */
    List<EmbeddedBackend> drivers() {
        return drivers;
    }

    @Override
    public TornadoRuntime runtime() {
        return this;
    }

    @Override
    public PlanExecutor plan(List<GraphDescription> graphs) {
        return new EmbeddedPlan(graphs, this::device, Boolean.getBoolean("sirocco.strict"));
    }

    /** {@return the device behind the one that an application holds; null is the default} */
    Device device(TornadoDevice wanted) {
        return switch (wanted == null ? getDefaultDevice() : wanted) {
            case EmbeddedDevice ours -> ours.device();
            case TornadoDevice other ->
                throw new TornadoRuntimeException("The device " + other.getDeviceName()
                        + " is not one of the embedded runtime; take it from "
                        + "TornadoRuntimeProvider.getTornadoRuntime()");
        };
    }

    private List<EmbeddedBackend> backends() {
        return drivers.stream().filter(backend -> backend.getNumDevices() > 0).toList();
    }

    /** {@return how many drivers have a device}. Looks for the devices of all drivers. */
    @Override
    public int getNumBackends() {
        return backends().size();
    }

    @Override
    public TornadoBackend getBackend(int index) {
        List<EmbeddedBackend> backends = backends();
        if (index < 0 || index >= backends.size()) {
            throw new TornadoBackendNotFound("There is no backend " + index + "; there are "
                    + backends.stream().map(EmbeddedBackend::getName).toList() + ", counted from 0");
        }
        return backends.get(index);
    }

    @Override
    public TornadoVMBackendType getBackendType(int index) {
        return getBackend(index).getBackendType();
    }

    /** {@return the first device of the first driver that has one} */
    @Override
    public TornadoDevice getDefaultDevice() {
        return drivers.stream()
                .filter(backend -> backend.getNumDevices() > 0)
                .findFirst()
                .orElseThrow(() -> new TornadoRuntimeException("There is no device: no driver is on the class path"))
                .getDefaultDevice();
    }

    /** {@return where a driver stands among those that have a device} */
    int indexOf(EmbeddedBackend backend) {
        return backends().indexOf(backend);
    }
}
