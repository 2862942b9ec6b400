package dev.sirocco.runtime.cpu;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.Driver;
import dev.sirocco.runtime.llvm.LlvmLibrary;
import java.util.List;

/** Finds the {@code cpu} device: there is one where LLVM can be loaded. */
public final class CpuDriver implements Driver {
    private final int threads;
    private final FloatMode floats;
    private List<Device> devices;

    /**
     * Made by the service loader; nothing is loaded yet.
     *
     * @throws IllegalArgumentException if a system property has a value that cannot be used
     */
    public CpuDriver() {
        this(threads(System.getProperty("sirocco.threads", "")), FloatMode.configured());
    }

    CpuDriver(int threads, FloatMode floats) {
        this.threads = threads;
        this.floats = floats;
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public synchronized List<Device> devices() {
        if (devices == null) {
            devices = switch (LlvmLibrary.get()) {
                case LlvmLibrary.Present present -> List.of(new CpuDevice(present.host(), threads, floats));
                case LlvmLibrary.Absent _ -> List.of();
            };
        }
        return devices;
    }

    @Override
    public String absence() {
        return switch (LlvmLibrary.get()) {
            case LlvmLibrary.Present _ -> "";
            case LlvmLibrary.Absent(String reason) -> reason;
        };
    }

    private static int threads(String property) {
        if (property.isEmpty()) {
            return Runtime.getRuntime().availableProcessors();
        }
        try {
            int threads = Integer.parseInt(property);
            if (threads >= 1 && threads <= WorkerPool.MAX_THREADS) {
                return threads;
            }
        } catch (NumberFormatException notANumber) {
            // answered below, as every other value out of range
        }
        throw new IllegalArgumentException(
                "-Dsirocco.threads must be from 1 to " + WorkerPool.MAX_THREADS + ", not " + property);
    }
}
