package dev.sirocco.runtime.opencl;

/** Status codes of OpenCL functions (OpenCL 1.2 specification, section 5, and {@code cl.h}). */
final class OpenClStatus {
    static final int SUCCESS = 0;
    static final int DEVICE_NOT_FOUND = -1;
    static final int DEVICE_NOT_AVAILABLE = -2;
    static final int MEM_OBJECT_ALLOCATION_FAILURE = -4;
    static final int OUT_OF_RESOURCES = -5;
    static final int OUT_OF_HOST_MEMORY = -6;
    static final int BUILD_PROGRAM_FAILURE = -11;
    static final int FAILED_BEFORE = -14;
    static final int INVALID_CONTEXT = -34;
    static final int INVALID_COMMAND_QUEUE = -36;
    static final int INVALID_BINARY = -42;
    static final int INVALID_WORK_GROUP_SIZE = -54;
    static final int INVALID_BUFFER_SIZE = -61;
    static final int PLATFORM_NOT_FOUND = -1001;

    private OpenClStatus() {}

    /** {@return the code's name in the specification, or the number} */
    static String name(int status) {
        return switch (status) {
            case DEVICE_NOT_FOUND -> "CL_DEVICE_NOT_FOUND";
            case DEVICE_NOT_AVAILABLE -> "CL_DEVICE_NOT_AVAILABLE";
            case -3 -> "CL_COMPILER_NOT_AVAILABLE";
            case MEM_OBJECT_ALLOCATION_FAILURE -> "CL_MEM_OBJECT_ALLOCATION_FAILURE";
            case OUT_OF_RESOURCES -> "CL_OUT_OF_RESOURCES";
            case OUT_OF_HOST_MEMORY -> "CL_OUT_OF_HOST_MEMORY";
            case -7 -> "CL_PROFILING_INFO_NOT_AVAILABLE";
            case BUILD_PROGRAM_FAILURE -> "CL_BUILD_PROGRAM_FAILURE";
            case -13 -> "CL_MISALIGNED_SUB_BUFFER_OFFSET";
            case FAILED_BEFORE -> "CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST";
            case -30 -> "CL_INVALID_VALUE";
            case -32 -> "CL_INVALID_PLATFORM";
            case -33 -> "CL_INVALID_DEVICE";
            case INVALID_CONTEXT -> "CL_INVALID_CONTEXT";
            case -35 -> "CL_INVALID_QUEUE_PROPERTIES";
            case INVALID_COMMAND_QUEUE -> "CL_INVALID_COMMAND_QUEUE";
            case -37 -> "CL_INVALID_HOST_PTR";
            case -38 -> "CL_INVALID_MEM_OBJECT";
            case INVALID_BINARY -> "CL_INVALID_BINARY";
            case -43 -> "CL_INVALID_BUILD_OPTIONS";
            case -44 -> "CL_INVALID_PROGRAM";
            case -45 -> "CL_INVALID_PROGRAM_EXECUTABLE";
            case -46 -> "CL_INVALID_KERNEL_NAME";
            case -48 -> "CL_INVALID_KERNEL";
            case -49 -> "CL_INVALID_ARG_INDEX";
            case -50 -> "CL_INVALID_ARG_VALUE";
            case -51 -> "CL_INVALID_ARG_SIZE";
            case -52 -> "CL_INVALID_KERNEL_ARGS";
            case -53 -> "CL_INVALID_WORK_DIMENSION";
            case INVALID_WORK_GROUP_SIZE -> "CL_INVALID_WORK_GROUP_SIZE";
            case -55 -> "CL_INVALID_WORK_ITEM_SIZE";
            case -56 -> "CL_INVALID_GLOBAL_OFFSET";
            case -58 -> "CL_INVALID_EVENT";
            case -59 -> "CL_INVALID_OPERATION";
            case INVALID_BUFFER_SIZE -> "CL_INVALID_BUFFER_SIZE";
            case -63 -> "CL_INVALID_GLOBAL_WORK_SIZE";
            case PLATFORM_NOT_FOUND -> "CL_PLATFORM_NOT_FOUND_KHR";
            default -> "status " + status;
        };
    }

    /** {@return whether the code says that there was no memory for something} */
    static boolean isOutOfMemory(int status) {
        return status == MEM_OBJECT_ALLOCATION_FAILURE
                || status == OUT_OF_RESOURCES
                || status == OUT_OF_HOST_MEMORY
                || status == INVALID_BUFFER_SIZE;
    }

    /** {@return what to do about a code, after a semicolon; empty where only the code is known} */
    static String remedy(int status) {
        return switch (status) {
            case DEVICE_NOT_AVAILABLE, FAILED_BEFORE, INVALID_CONTEXT, INVALID_COMMAND_QUEUE ->
                "; the device was lost: see the system's log, and start again";
            case OUT_OF_RESOURCES ->
                "; the device ran out of resources or was lost: use a smaller --ctx or model, see the system's log if"
                        + " that does not help";
            case MEM_OBJECT_ALLOCATION_FAILURE, OUT_OF_HOST_MEMORY, INVALID_BUFFER_SIZE ->
                "; there is not enough memory: use a smaller --ctx or model";
            case -43 -> "; correct 'build_options' in the device's profile";
            case -3 -> "; the device has no compiler: give it prebuilt binaries (see docs/opencl.md)";
            default -> "";
        };
    }
}
