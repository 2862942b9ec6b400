package dev.sirocco.runtime.cuda;

import dev.sirocco.runtime.SoleDevice;
import dev.sirocco.runtime.StandIn;
import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceKind;
import dev.sirocco.runtime.driver.DeviceLimits;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.TaskSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A card through the whole of the driver {@code cuda}, whose libcuda is the stand-in and whose kernels the virtual card
 * carries out: {@code virtualcard}. Found when it is first used.
 *
 * <p>In a process of its own, {@code -Dsirocco.test.virtual=true} makes {@code cuda:0} that card, where {@code
 * -Dsirocco.cuda} names the stand-in and this class is in the class path.
 */
public final class VirtualCard extends SoleDevice {
    private Device card;

    /** Made by the service loader, before any driver is asked for devices. */
    public VirtualCard() {
        if (Boolean.getBoolean("sirocco.test.virtual")) {
            VirtualCuda.connect(Path.of(System.getProperty("sirocco.cuda")));
        }
    }

    @Override
    public DeviceDescription description() {
        return new DeviceDescription(
                "virtualcard",
                DeviceKind.GPU,
                "NVIDIA CUDA",
                "tests",
                "a virtual card",
                "1",
                DeviceLimits.ofHost(),
                1,
                false,
                true,
                true);
    }

    @Override
    public BoundTask bind(TaskSpec task, DeviceMemory memory) {
        return card().bind(task, memory);
    }

    /** Other tests leave the stand-in as they wanted it. */
    @Override
    public DeviceMemory newMemory() {
        StandIn.setEnvironment("FAKE_CUDA", "");
        StandIn.setEnvironment("FAKE_CUDA_LOG", "");
        return card().newMemory();
    }

    private synchronized Device card() {
        if (card == null) {
            Path library = StandIn.compile("fakecuda");
            VirtualCuda.connect(library);
            try {
                Path cache = Files.createTempDirectory("sirocco-virtual-card");
                CudaDriver driver = new CudaDriver(
                        FloatMode.configured(),
                        () -> CudaLibrary.open(List.of(library.toString()), "it is a test"),
                        cache);
                card = driver.devices().getFirst();
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
        return card;
    }
}
