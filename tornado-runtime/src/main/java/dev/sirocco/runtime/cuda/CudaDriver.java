package dev.sirocco.runtime.cuda;

import dev.sirocco.runtime.cache.CacheFolder;
import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.Driver;
import dev.sirocco.runtime.llvm.LlvmException;
import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds NVIDIA's GPUs: {@code cuda:0} is the first that CUDA counts. */
public final class CudaDriver implements Driver {
    private static final int CAPABILITY_MAJOR = 75;
    private static final int CAPABILITY_MINOR = 76;

    private final FloatMode floats;
    private final Supplier<CudaLibrary> library;
    private final Path cache;
    private List<Device> devices;
    private String absence = "";

    /**
     * Made by the service loader; nothing is loaded yet.
     *
     * @throws IllegalArgumentException if a system property has a value that cannot be used
     */
    public CudaDriver() {
        this(FloatMode.configured(), CudaLibrary::load, CacheFolder.path());
    }

    /** @param cache where compiled kernels are kept */
    CudaDriver(FloatMode floats, Supplier<CudaLibrary> library, Path cache) {
        this.floats = floats;
        this.library = library;
        this.cache = cache;
    }

    @Override
    public String name() {
        return "cuda";
    }

    @Override
    public synchronized List<Device> devices() {
        if (devices == null) {
            devices = switch (library.get()) {
                case CudaLibrary.Absent(String reason) -> {
                    absence = reason;
                    yield List.of();
                }
                case CudaLibrary.Present(CudaNative cuda) -> find(cuda);
            };
        }
        return devices;
    }

    private List<Device> find(CudaNative cuda) {
        List<Device> found = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try {
            int version = cuda.driverVersion();
            for (int ordinal = 0; ordinal < cuda.deviceCount(); ordinal++) {
                CudaNative own = cuda.of("cuda:" + ordinal);
                try {
                    int device = own.device(ordinal);
                    NvidiaArchitecture architecture = NvidiaArchitecture.of(
                            own.attribute(device, CAPABILITY_MAJOR), own.attribute(device, CAPABILITY_MINOR));
                    Optional<NvidiaArchitecture> limit = limit();
                    if (limit.isPresent() && limit.get().compareTo(architecture) < 0) {
                        architecture = limit.get();
                    }
                    requireDriver(own.deviceName(device), architecture, version);
                    found.add(new CudaDevice(own, device, architecture, version, floats, cache));
                } catch (CudaException | LlvmException unusable) {
                    refused.add(unusable.getMessage());
                }
            }
        } catch (CudaException failed) {
            refused.add(failed.getMessage());
        }
        if (found.isEmpty()) {
            absence = refused.isEmpty()
                    ? "NVIDIA's driver finds no card; check that nvidia-smi lists it, and CUDA_VISIBLE_DEVICES"
                    : String.join("; ", refused);
        }
        return List.copyOf(found);
    }

    /** {@return the newest generation that code is made for, where the system property names one} */
    static Optional<NvidiaArchitecture> limit() {
        return Optional.ofNullable(System.getProperty("sirocco.cuda.generation"))
                .map(NvidiaArchitecture::ofSm);
    }

    /** {@return where PTX is kept} */
    static Path ptxFolder(Path cache) {
        return cache.resolve("ptx");
    }

    private static void requireDriver(String name, NvidiaArchitecture architecture, int version) {
        if (version < architecture.cudaVersion()) {
            throw new CudaException(
                    0,
                    name + " needs a driver of CUDA " + number(architecture.cudaVersion())
                            + " or newer, and this one is" + " of CUDA " + number(version)
                            + "; update NVIDIA's driver");
        }
    }

    /** {@return a version as people write it} */
    static String number(int version) {
        return version / 1000 + "." + version % 1000 / 10;
    }

    @Override
    public synchronized String absence() {
        devices();
        return absence;
    }
}
