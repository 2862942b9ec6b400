package dev.sirocco.runtime.opencl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * OpenCL 1.2's functions, one method each, with the C declaration above it. Handles and pointers are longs; 0 is null.
 * A status other than success arrives as an {@link OpenClException} that names the subject. Thread-safe but for what
 * OpenCL itself excepts: the arguments of one kernel.
 */
final class OpenClNative extends OpenClCalls {
    private static final long QUEUE_PROFILING_ENABLE = 1 << 1;
    private static final long MEM_READ_WRITE = 1;
    private static final long MEM_USE_HOST_PTR = 1 << 3;
    private static final int PROGRAM_BINARY_SIZES = 0x1165;
    private static final int PROGRAM_BINARIES = 0x1166;
    private static final int PROGRAM_BUILD_LOG = 0x1183;
    private static final int KERNEL_WORK_GROUP_SIZE = 0x11B0;
    private static final int PROFILING_COMMAND_QUEUED = 0x1280;
    private static final int PROFILING_COMMAND_START = 0x1282;
    private static final int PROFILING_COMMAND_END = 0x1283;

    /** Called for every task of every token. */
    private final MemorySegment enqueueNdRangeKernel;

    /** See {@link OpenClCalls#OpenClCalls}. */
    OpenClNative(SymbolLookup library, String subject) {
        super(library, subject);
        this.enqueueNdRangeKernel = address("clEnqueueNDRangeKernel");
    }

    /** {@return the same functions, called for another subject} */
    OpenClNative of(String other) {
        return new OpenClNative(library(), other);
    }

    // cl_int clGetPlatformIDs(cl_uint num_entries, cl_platform_id *platforms, cl_uint *num_platforms)
    long[] platforms() {
        return handles("clGetPlatformIDs", (count, list, found) -> call("clGetPlatformIDs", count, list, found));
    }

    // cl_int clGetDeviceIDs(cl_platform_id platform, cl_device_type device_type, cl_uint num_entries,
    //     cl_device_id *devices, cl_uint *num_devices)
    long[] devices(long platform, long type) {
        return handles(
                "clGetDeviceIDs", (count, list, found) -> call("clGetDeviceIDs", platform, type, count, list, found));
    }

    // cl_int clGetPlatformInfo(cl_platform_id platform, cl_platform_info param_name, size_t param_value_size,
    //     void *param_value, size_t *param_value_size_ret)
    String platformText(long platform, int name) {
        return text(info("clGetPlatformInfo", platform, name));
    }

    // cl_int clGetDeviceInfo(cl_device_id device, cl_device_info param_name, size_t param_value_size,
    //     void *param_value, size_t *param_value_size_ret)
    byte[] deviceInfo(long device, int name) {
        return info("clGetDeviceInfo", device, name);
    }

    // cl_context clCreateContext(const cl_context_properties *properties, cl_uint num_devices,
    //     const cl_device_id *devices, void (*pfn_notify)(…), void *user_data, cl_int *errcode_ret)
    long createContext(long device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment devices = arena.allocateFrom(JAVA_LONG, device);
            MemorySegment status = arena.allocate(JAVA_INT);
            return created("clCreateContext", status, 0, 1, devices.address(), 0, 0, status.address());
        }
    }

    // cl_int clReleaseContext(cl_context context)
    void releaseContext(long context) {
        check("clReleaseContext", call("clReleaseContext", context));
    }

    // cl_command_queue clCreateCommandQueue(cl_context context, cl_device_id device,
    //     cl_command_queue_properties properties, cl_int *errcode_ret); in order unless told otherwise
    long createQueue(long context, long device, boolean profiling) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            long properties = profiling ? QUEUE_PROFILING_ENABLE : 0;
            return created("clCreateCommandQueue", status, context, device, properties, status.address());
        }
    }

    // cl_int clReleaseCommandQueue(cl_command_queue command_queue)
    void releaseQueue(long queue) {
        check("clReleaseCommandQueue", call("clReleaseCommandQueue", queue));
    }

    // cl_int clFinish(cl_command_queue command_queue)
    void finish(long queue) {
        check("clFinish", call("clFinish", queue));
    }

    // cl_int clFlush(cl_command_queue command_queue)
    void flush(long queue) {
        check("clFlush", call("clFlush", queue));
    }

    // cl_mem clCreateBuffer(cl_context context, cl_mem_flags flags, size_t size, void *host_ptr, cl_int *errcode_ret)
    /** @param host the host memory that the buffer is, or 0 for memory of the device */
    long createBuffer(long context, long sizeBytes, long host) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            long flags = MEM_READ_WRITE | (host == 0 ? 0 : MEM_USE_HOST_PTR);
            return created("clCreateBuffer", status, context, flags, sizeBytes, host, status.address());
        }
    }

    // cl_int clReleaseMemObject(cl_mem memobj)
    void releaseBuffer(long buffer) {
        check("clReleaseMemObject", call("clReleaseMemObject", buffer));
    }

    // cl_int clEnqueueWriteBuffer(cl_command_queue command_queue, cl_mem buffer, cl_bool blocking_write, size_t offset,
    //     size_t size, const void *ptr, cl_uint num_events_in_wait_list, const cl_event *event_wait_list,
    //     cl_event *event)
    void enqueueWrite(long queue, long buffer, long offset, long sizeBytes, long host) {
        check("clEnqueueWriteBuffer", call("clEnqueueWriteBuffer", queue, buffer, 0, offset, sizeBytes, host));
    }

    // cl_int clEnqueueReadBuffer(cl_command_queue command_queue, cl_mem buffer, cl_bool blocking_read, size_t offset,
    //     size_t size, void *ptr, cl_uint num_events_in_wait_list, const cl_event *event_wait_list, cl_event *event)
    void enqueueRead(long queue, long buffer, long offset, long sizeBytes, long host) {
        check("clEnqueueReadBuffer", call("clEnqueueReadBuffer", queue, buffer, 0, offset, sizeBytes, host));
    }

    // cl_program clCreateProgramWithSource(cl_context context, cl_uint count, const char **strings,
    //     const size_t *lengths, cl_int *errcode_ret)
    long createProgram(long context, String source) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment strings =
                    arena.allocateFrom(JAVA_LONG, arena.allocateFrom(source).address());
            MemorySegment status = arena.allocate(JAVA_INT);
            return created("clCreateProgramWithSource", status, context, 1, strings.address(), 0, status.address());
        }
    }

    // cl_program clCreateProgramWithIL(cl_context context, const void *il, size_t length, cl_int *errcode_ret)
    /**
     * {@return a program of a SPIR-V module}
     *
     * @param function where that function lies
     */
    long createProgram(MemorySegment function, long context, byte[] module) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, module);
            MemorySegment status = arena.allocate(JAVA_INT);
            long program = invoke(function, context, bytes.address(), module.length, status.address(), 0, 0, 0, 0, 0);
            check("clCreateProgramWithIL", status.get(JAVA_INT, 0));
            return program;
        }
    }

    // void *clGetExtensionFunctionAddressForPlatform(cl_platform_id platform, const char *func_name)
    /** {@return where a function of an extension lies, or null when the platform does not have it} */
    MemorySegment extension(long platform, String name) {
        try (Arena arena = Arena.ofConfined()) {
            long found = call(
                    "clGetExtensionFunctionAddressForPlatform",
                    platform,
                    arena.allocateFrom(name).address());
            return found == 0 ? null : MemorySegment.ofAddress(found);
        }
    }

    // cl_program clCreateProgramWithBinary(cl_context context, cl_uint num_devices, const cl_device_id *device_list,
    //     const size_t *lengths, const unsigned char **binaries, cl_int *binary_status, cl_int *errcode_ret)
    long createProgram(long context, long device, byte[] binary) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment devices = arena.allocateFrom(JAVA_LONG, device);
            MemorySegment lengths = arena.allocateFrom(JAVA_LONG, binary.length);
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, binary);
            MemorySegment binaries = arena.allocateFrom(JAVA_LONG, bytes.address());
            MemorySegment status = arena.allocate(JAVA_INT, 2);
            return created(
                    "clCreateProgramWithBinary",
                    status,
                    context,
                    1,
                    devices.address(),
                    lengths.address(),
                    binaries.address(),
                    status.address() + Integer.BYTES,
                    status.address());
        }
    }

    // cl_int clBuildProgram(cl_program program, cl_uint num_devices, const cl_device_id *device_list,
    //     const char *options, void (*pfn_notify)(…), void *user_data)
    void build(long program, long device, String options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment devices = arena.allocateFrom(JAVA_LONG, device);
            MemorySegment text = arena.allocateFrom(options);
            check("clBuildProgram", call("clBuildProgram", program, 1, devices.address(), text.address(), 0, 0));
        }
    }

    // cl_int clGetProgramBuildInfo(cl_program program, cl_device_id device, cl_program_build_info param_name,
    //     size_t param_value_size, void *param_value, size_t *param_value_size_ret)
    String buildLog(long program, long device) {
        return text(info(
                "clGetProgramBuildInfo",
                (size, value, found) ->
                        call("clGetProgramBuildInfo", program, device, PROGRAM_BUILD_LOG, size, value, found)));
    }

    // cl_int clGetProgramInfo(cl_program program, cl_program_info param_name, size_t param_value_size,
    //     void *param_value, size_t *param_value_size_ret)
    /** {@return the program as the device's driver keeps it; empty where the driver gives none} */
    byte[] binary(long program) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] sizes = info("clGetProgramInfo", program, PROGRAM_BINARY_SIZES);
            long size = sizes.length < Long.BYTES
                    ? 0
                    : ByteBuffer.wrap(sizes).order(ByteOrder.nativeOrder()).getLong();
            if (size <= 0 || size > Integer.MAX_VALUE) {
                return new byte[0];
            }
            MemorySegment bytes = arena.allocate(size);
            MemorySegment pointers = arena.allocateFrom(JAVA_LONG, bytes.address());
            check(
                    "clGetProgramInfo",
                    call("clGetProgramInfo", program, PROGRAM_BINARIES, Long.BYTES, pointers.address(), 0));
            return bytes.toArray(JAVA_BYTE);
        }
    }

    // cl_int clReleaseProgram(cl_program program)
    void releaseProgram(long program) {
        check("clReleaseProgram", call("clReleaseProgram", program));
    }

    // cl_kernel clCreateKernel(cl_program program, const char *kernel_name, cl_int *errcode_ret)
    long createKernel(long program, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            return created(
                    "clCreateKernel", status, program, arena.allocateFrom(name).address(), status.address());
        }
    }

    // cl_int clReleaseKernel(cl_kernel kernel)
    void releaseKernel(long kernel) {
        check("clReleaseKernel", call("clReleaseKernel", kernel));
    }

    // cl_int clSetKernelArg(cl_kernel kernel, cl_uint arg_index, size_t arg_size, const void *arg_value)
    void setArgument(long kernel, int index, long buffer) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(JAVA_LONG, buffer);
            check("clSetKernelArg", call("clSetKernelArg", kernel, index, Long.BYTES, value.address()));
        }
    }

    void setNumber(long kernel, int index, int number) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(JAVA_INT, number);
            check("clSetKernelArg", call("clSetKernelArg", kernel, index, Integer.BYTES, value.address()));
        }
    }

    // cl_int clGetKernelWorkGroupInfo(cl_kernel kernel, cl_device_id device, cl_kernel_work_group_info param_name,
    //     size_t param_value_size, void *param_value, size_t *param_value_size_ret)
    /** {@return the most work-items that a group of this kernel can have on the device} */
    long maxGroupSize(long kernel, long device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_LONG);
            check(
                    "clGetKernelWorkGroupInfo",
                    call(
                            "clGetKernelWorkGroupInfo",
                            kernel,
                            device,
                            KERNEL_WORK_GROUP_SIZE,
                            Long.BYTES,
                            value.address(),
                            0));
            return value.get(JAVA_LONG, 0);
        }
    }

    // cl_int clEnqueueNDRangeKernel(cl_command_queue command_queue, cl_kernel kernel, cl_uint work_dim,
    //     const size_t *global_work_offset, const size_t *global_work_size, const size_t *local_work_size,
    //     cl_uint num_events_in_wait_list, const cl_event *event_wait_list, cl_event *event)
    /**
     * @param global as many sizes as dimensions
     * @param local  likewise, or 0 for the driver's choice
     * @param event  where the event's handle is written, or 0
     */
    void enqueueKernel(long queue, long kernel, int dimensions, long global, long local, long event) {
        check("clEnqueueNDRangeKernel", (int)
                invoke(enqueueNdRangeKernel, queue, kernel, dimensions, 0, global, local, 0, 0, event));
    }

    // cl_int clGetEventProfilingInfo(cl_event event, cl_profiling_info param_name, size_t param_value_size,
    //     void *param_value, size_t *param_value_size_ret)
    private long eventNanos(long event, int name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(JAVA_LONG);
            check(
                    "clGetEventProfilingInfo",
                    call("clGetEventProfilingInfo", event, name, Long.BYTES, time.address(), 0));
            return time.get(JAVA_LONG, 0);
        }
    }

    /** {@return nanoseconds that the command of an event took on the device} */
    long elapsedNanos(long event) {
        return eventNanos(event, PROFILING_COMMAND_END) - eventNanos(event, PROFILING_COMMAND_START);
    }

    /** {@return nanoseconds from when the command of an event was enqueued until the device began with it} */
    long waitedNanos(long event) {
        return eventNanos(event, PROFILING_COMMAND_START) - eventNanos(event, PROFILING_COMMAND_QUEUED);
    }

    // cl_int clReleaseEvent(cl_event event)
    void releaseEvent(long event) {
        check("clReleaseEvent", call("clReleaseEvent", event));
    }
}
