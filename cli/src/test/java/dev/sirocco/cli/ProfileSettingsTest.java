package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.cli.device.ListedDevice;
import dev.sirocco.config.DeviceProfile;
import dev.sirocco.config.KernelProfile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfileSettingsTest {
    private static final DeviceProfile TENSORS = new DeviceProfile(
            List.of("default", "mine"),
            512,
            0.9,
            new KernelProfile(true, 128, 64, 4, false, 64, true, 32, 64),
            "",
            "opencl-c",
            Optional.empty());

    private static ListedDevice device(String driver) {
        return new ListedDevice(
                driver + ":0", "embedded", driver, "gpu", "p", "v", "a card", "1", 1, 1, 1, 1024, 1, false, true, true);
    }

    @Test
    void tensorCoresAreThoseOfNvidiasDriver() {
        assertTrue(ProfileSettings.kernels(TENSORS, device("cuda")).tensorCores());
        String refusal = assertThrows(CommandFailure.class, () -> ProfileSettings.kernels(TENSORS, device("opencl")))
                .getMessage();
        assertEquals(
                "profile default + mine: tensor_cores are NVIDIA's, through the driver cuda, but opencl:0 (a card) is"
                        + " of the driver opencl; set tensor_cores to no with --profile",
                refusal);
    }
}
