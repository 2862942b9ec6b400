package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.codegen.opencl.OpenClTarget;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceKind;
import dev.sirocco.runtime.driver.DeviceLimits;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A device of a platform, and what it says about itself (OpenCL 1.2 specification, table 4.3). */
final class DeviceHandle {
    private static final int TYPE = 0x1000;
    private static final int MAX_COMPUTE_UNITS = 0x1002;
    private static final int MAX_WORK_GROUP_SIZE = 0x1004;
    private static final int MAX_WORK_ITEM_SIZES = 0x1005;
    private static final int MAX_MEM_ALLOC_SIZE = 0x1010;
    private static final int SINGLE_FP_CONFIG = 0x101B;
    private static final int GLOBAL_MEM_SIZE = 0x101F;
    private static final int LOCAL_MEM_SIZE = 0x1023;
    private static final int ENDIAN_LITTLE = 0x1026;
    private static final int AVAILABLE = 0x1027;
    private static final int COMPILER_AVAILABLE = 0x1028;
    private static final int NAME = 0x102B;
    private static final int VENDOR = 0x102C;
    private static final int DRIVER_VERSION = 0x102D;
    private static final int VERSION = 0x102F;
    private static final int EXTENSIONS = 0x1030;
    private static final int DOUBLE_FP_CONFIG = 0x1032;
    private static final int HALF_FP_CONFIG = 0x1033;
    private static final int HOST_UNIFIED_MEMORY = 0x1035;
    private static final int ADDRESS_BITS = 0x100D;
    private static final int PLATFORM = 0x1031;
    private static final int IL_VERSION = 0x105B;
    private static final int INTEGER_DOT_PRODUCT_CAPABILITIES = 0x1073;

    private static final long CORRECTLY_ROUNDED_DIVIDE_SQRT = 1 << 7;

    /** CL_FP_DENORM, CL_FP_INF_NAN and CL_FP_ROUND_TO_NEAREST. */
    private static final long JAVA_ROUNDING = 7;

    private static final long PACKED_AND_UNPACKED_BYTES = 3;
    private static final Pattern VERSION_NUMBER = Pattern.compile("OpenCL (\\d+)\\.(\\d+)");

    private final OpenClNative opencl;
    private final String platformName;
    private final long device;

    DeviceHandle(OpenClNative opencl, String platformName, long device) {
        this.opencl = opencl;
        this.platformName = platformName;
        this.device = device;
    }

    /** {@return the device's {@code cl_device_id}} */
    long id() {
        return device;
    }

    /** {@return OpenCL's functions, called for this device under its id} */
    OpenClNative functions(String id) {
        return opencl.of(id + " (" + name() + ")");
    }

    String name() {
        return text(NAME);
    }

    DeviceKind kind() {
        return DeviceFinder.kind(number(TYPE));
    }

    /** {@return why the device cannot be used; empty when it can} */
    String problem() {
        if (versionNumber() < 12) {
            return "it has " + text(VERSION) + ", which is less than OpenCL 1.2";
        }
        if (number(AVAILABLE) == 0) {
            return "its driver says that it is not available";
        }
        boolean little = number(ENDIAN_LITTLE) != 0;
        if (little != (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN)) {
            return "its order of bytes is not the host's";
        }
        return "";
    }

    /** {@return the device under an id} It shares the host's memory unless arrays are copied all the same. */
    DeviceDescription description(String id, boolean copies) {
        ByteBuffer sizes = buffer(MAX_WORK_ITEM_SIZES);
        List<Integer> maxSizes = List.of(size(sizes, 0), size(sizes, 1), size(sizes, 2));
        DeviceLimits limits = new DeviceLimits(
                number(GLOBAL_MEM_SIZE),
                number(MAX_MEM_ALLOC_SIZE),
                number(LOCAL_MEM_SIZE),
                (int) Math.min(Integer.MAX_VALUE, number(MAX_WORK_GROUP_SIZE)),
                maxSizes);
        return new DeviceDescription(
                id,
                kind(),
                platformName,
                text(VENDOR),
                name(),
                text(VERSION) + ", driver " + text(DRIVER_VERSION),
                limits,
                (int) number(MAX_COMPUTE_UNITS),
                !copies && number(HOST_UNIFIED_MEMORY) != 0,
                has("cl_khr_fp16"),
                hasDoubles());
    }

    /** {@return whether it can be given anything but binaries} */
    boolean hasCompiler() {
        return number(COMPILER_AVAILABLE) != 0;
    }

    /** {@return whether the driver builds one program at a time, and reads its own headers for each: PoCL does} */
    boolean compilesOneAtATime() {
        return platformName.equals("Portable Computing Language");
    }

    /** {@return how the device takes SPIR-V, or why it does not} */
    IntermediateLanguage intermediateLanguage() {
        boolean core = versionNumber() >= 21;
        if (!core && !has("cl_khr_il_program")) {
            return new IntermediateLanguage.Refused("it has " + text(VERSION) + " without cl_khr_il_program");
        }
        if (number(ADDRESS_BITS) != Long.SIZE) {
            return new IntermediateLanguage.Refused("its addresses have " + number(ADDRESS_BITS) + " bits, not 64");
        }
        String versions;
        try {
            versions = text(IL_VERSION);
        } catch (OpenClException unknown) {
            versions = "";
        }
        if (!IntermediateLanguage.includes(versions)) {
            return new IntermediateLanguage.Refused(
                    versions.isEmpty() ? "its driver was built without SPIR-V" : "it takes " + versions + " only");
        }
        // Drivers of before 2.1 have a shorter table of functions behind the loader's: the loader's own would crash.
        MemorySegment function = core
                ? opencl.library().find("clCreateProgramWithIL").orElse(null)
                : opencl.extension(number(PLATFORM), "clCreateProgramWithILKHR");
        return function == null
                ? new IntermediateLanguage.Refused("the loader has no clCreateProgramWithIL; update it")
                : new IntermediateLanguage.Taken(function);
    }

    /** {@return the version of OpenCL, such as 12 for 1.2; 0 where it is no version} */
    private int versionNumber() {
        Matcher version = VERSION_NUMBER.matcher(text(VERSION));
        return version.find() ? Integer.parseInt(version.group(1)) * 10 + Integer.parseInt(version.group(2)) : 0;
    }

    /** {@return what the code for this device may use} */
    OpenClTarget target() {
        return new OpenClTarget(
                hasDoubles(),
                has("cl_khr_fp16") && (numberOrZero(HALF_FP_CONFIG) & JAVA_ROUNDING) == JAVA_ROUNDING,
                has("cl_khr_int64_base_atomics"),
                (number(SINGLE_FP_CONFIG) & CORRECTLY_ROUNDED_DIVIDE_SQRT) != 0,
                has("cl_khr_integer_dot_product")
                        && (number(INTEGER_DOT_PRODUCT_CAPABILITIES) & PACKED_AND_UNPACKED_BYTES)
                                == PACKED_AND_UNPACKED_BYTES,
                kind() == DeviceKind.CPU);
    }

    private boolean hasDoubles() {
        return has("cl_khr_fp64") || numberOrZero(DOUBLE_FP_CONFIG) != 0;
    }

    private boolean has(String extension) {
        return Arrays.asList(text(EXTENSIONS).split("\\s+")).contains(extension);
    }

    private String text(int name) {
        return OpenClCalls.text(opencl.deviceInfo(device, name));
    }

    private long numberOrZero(int name) {
        try {
            return number(name);
        } catch (OpenClException unknown) {
            return 0;
        }
    }

    /** {@return a number of 4 or 8 bytes} */
    private long number(int name) {
        ByteBuffer value = buffer(name);
        return value.remaining() >= Long.BYTES ? value.getLong() : Integer.toUnsignedLong(value.getInt());
    }

    private ByteBuffer buffer(int name) {
        return ByteBuffer.wrap(opencl.deviceInfo(device, name)).order(ByteOrder.nativeOrder());
    }

    private static int size(ByteBuffer sizes, int axis) {
        return (int) Math.min(Integer.MAX_VALUE, sizes.getLong(axis * Long.BYTES));
    }
}
