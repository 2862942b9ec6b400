package dev.sirocco.testing;

import dev.sirocco.runtime.Devices;
import dev.sirocco.runtime.driver.DeviceDescription;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * The devices that tests run on: those of the embedded runtime, or of a TornadoVM SDK where the tests run on one
 * (profile {@code tornadovm-sdk}), whose default device is called {@link #SDK} here.
 */
public final class TestedDevices {
    public static final String SDK = "tornadovm:0:0";

    private TestedDevices() {}

    /** {@return whether the tests run on a TornadoVM SDK: the embedded runtime is not there} */
    public static boolean isOnSdk() {
        return ModuleLayer.boot().findModule("tornado.api").isPresent();
    }

    /**
     * {@return the devices that kernels are tested on} They are those that the system property {@code
     * sirocco.test.devices} lists, separated by commas, or all that there are but {@link #hosted}. Of {@code pocl} and
     * {@code rusticl}, which name the device of an OpenCL platform, those that are not there are left out. On an SDK it
     * is the SDK's.
     */
    public static List<String> ofKernels() {
        return ids(true);
    }

    /**
     * {@return the devices that whole models are tested on} They are the same, but for {@code pocl} and {@code
     * rusticl}: these have a short test, with the models of files.
     */
    public static List<String> ids() {
        return ids(false);
    }

    private static List<String> ids(boolean slow) {
        if (isOnSdk()) {
            return List.of(SDK);
        }
        String chosen = System.getProperty("sirocco.test.devices", "");
        return chosen.isEmpty()
                ? installed().filter(id -> !id.startsWith("hosted:")).toList()
                : Arrays.stream(chosen.split(","))
                        .flatMap(name -> switch (name) {
                            case "pocl" -> slow ? openCl("Portable Computing Language") : Stream.of();
                            case "rusticl" -> slow ? openCl("rusticl") : Stream.of();
                            default -> Stream.of(name);
                        })
                        .toList();
    }

    private static Stream<String> openCl(String platform) {
        return Devices.installed().list().stream()
                .filter(device ->
                        device.driver().equals("opencl") && device.platform().equals(platform))
                .map(DeviceDescription::id);
    }

    /** {@return what is generated for PTX, and SPIR-V where it can be translated back, run by the host} */
    public static List<String> hosted() {
        return isOnSdk()
                ? List.of()
                : installed().filter(id -> id.startsWith("hosted:")).toList();
    }

    /** {@return the device with this id; on an SDK its device, whatever the id} */
    public static TornadoDevice find(String id) {
        return isOnSdk()
                ? TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice()
                : Devices.installed().find(id);
    }

    /**
     * {@return whether kernels may read arrays of half precision there} The embedded runtime sees to it everywhere; on
     * an SDK only devices with cl_khr_fp16 may, and models of F16 are widened when they are opened.
     */
    public static boolean readsHalfPrecision(TornadoDevice device) {
        return !isOnSdk() || device.getPhysicalDevice().getDeviceInfo().contains("cl_khr_fp16");
    }

    private static Stream<String> installed() {
        return Devices.installed().list().stream().map(DeviceDescription::id);
    }
}
