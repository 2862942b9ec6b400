package dev.sirocco.testing;

import dev.sirocco.runtime.Devices;
import dev.sirocco.runtime.driver.DeviceDescription;
import java.util.List;
import java.util.Map;
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

    /** An implementation of OpenCL whose device is asked for by name, because its number differs by machine. */
    private record Platform(String title, String remedy) {
        Stream<String> ids() {
            return Devices.installed().list().stream()
                    .filter(device -> device.driver().equals("opencl")
                            && device.platform().equals(title))
                    .map(DeviceDescription::id);
        }
    }

    private static final Map<String, Platform> PLATFORMS = Map.of(
            "pocl", new Platform("Portable Computing Language", "install pocl-opencl-icd"),
            "rusticl", new Platform("rusticl", "install mesa-opencl-icd and set RUSTICL_ENABLE=llvmpipe"));

    /**
     * {@return the devices that kernels are tested on} They are those that the system property {@code
     * sirocco.test.devices} lists, separated by commas, or all that there are but {@link #hosted}. Of {@code pocl} and
     * {@code rusticl}, which name the device of an OpenCL platform, those that are not there are left out; see {@link
     * #absent}. On an SDK it is the SDK's.
     */
    public static List<String> ofKernels() {
        if (isOnSdk()) {
            return List.of(SDK);
        }
        List<String> chosen = chosen();
        return chosen.isEmpty()
                ? installed().filter(id -> !id.startsWith("hosted:")).toList()
                : ids(chosen.stream());
    }

    /**
     * {@return the devices that whole models are tested on} They are the same, but for {@code pocl} and {@code
     * rusticl} where others are listed as well: these have a short test, with the models of files.
     */
    public static List<String> ids() {
        List<String> others =
                chosen().stream().filter(name -> !PLATFORMS.containsKey(name)).toList();
        return others.isEmpty() || isOnSdk() ? ofKernels() : ids(others.stream());
    }

    /** {@return what is missing for each of the listed OpenCL platforms that has no device here} */
    public static List<String> absent() {
        return isOnSdk()
                ? List.of()
                : chosen().stream()
                        .filter(name -> ids(Stream.of(name)).isEmpty())
                        .map(name -> "there is no " + name + " here; "
                                + PLATFORMS.get(name).remedy())
                        .toList();
    }

    /** {@return whether a device is Mesa's rusticl, whose compiler takes seconds for a kernel} */
    public static boolean isRusticl(TornadoDevice device) {
        return !isOnSdk() && PLATFORMS.get("rusticl").ids().anyMatch(device.getDeviceName()::equals);
    }

    private static List<String> chosen() {
        String names = System.getProperty("sirocco.test.devices", "");
        return names.isEmpty() ? List.of() : List.of(names.split(","));
    }

    private static List<String> ids(Stream<String> names) {
        return names.flatMap(name ->
                        PLATFORMS.containsKey(name) ? PLATFORMS.get(name).ids() : Stream.of(name))
                .toList();
    }

    /**
     * {@return the virtual card, and SPIR-V run by the host where it can be translated back} None where the
     * system property {@code sirocco.test.hosted} is false.
     */
    public static List<String> hosted() {
        return isOnSdk() || !Boolean.parseBoolean(System.getProperty("sirocco.test.hosted", "true"))
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
