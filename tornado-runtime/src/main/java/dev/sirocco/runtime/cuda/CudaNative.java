package dev.sirocco.runtime.cuda;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Functions of CUDA's driver, one method each, with the C declaration above it. All arguments are integers or
 * pointers, so that one method handle of as many {@code long}s as the longest declaration serves them all. Handles are
 * longs; what fails arrives as a {@link CudaException}.
 */
final class CudaNative {
    private static final int ARGUMENTS = 11;
    private static final int NAME_BYTES = 256;
    private static final int LOG_BYTES = 8 << 10;
    private static final int STREAM_NON_BLOCKING = 1;
    private static final int CAPTURE_THREAD_LOCAL = 1;
    private static final int JIT_ERROR_LOG = 5;
    private static final int JIT_ERROR_LOG_BYTES = 6;
    private static final int INPUT_PTX = 1;

    @SuppressWarnings("restricted")
    private static final MethodHandle HANDLE = Linker.nativeLinker()
            .downcallHandle(FunctionDescriptor.of(
                    JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                    JAVA_LONG, JAVA_LONG, JAVA_LONG));

    private final SymbolLookup library;
    private final String subject;
    private final Map<String, MemorySegment> addresses = new ConcurrentHashMap<>();

    /** @param subject what functions are called for: begins the message of each failure */
    CudaNative(SymbolLookup library, String subject) {
        this.library = library;
        this.subject = subject;
    }

    /** {@return the same functions, called for a device} */
    CudaNative of(String device) {
        return new CudaNative(library, device);
    }

    String subject() {
        return subject;
    }

    /** {@return whether the driver is new enough to have a function} */
    boolean has(String function) {
        return library.find(function).isPresent();
    }

    // CUresult cuInit(unsigned int Flags)
    void initialize() {
        check("cuInit", call("cuInit", 0));
    }

    // CUresult cuDriverGetVersion(int *driverVersion)
    int driverVersion() {
        return askInt("cuDriverGetVersion");
    }

    // CUresult cuDeviceGetCount(int *count)
    int deviceCount() {
        return askInt("cuDeviceGetCount");
    }

    // CUresult cuDeviceGet(CUdevice *device, int ordinal)
    int device(int ordinal) {
        return askInt("cuDeviceGet", ordinal);
    }

    // CUresult cuDeviceGetName(char *name, int len, CUdevice dev)
    String deviceName(int device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(NAME_BYTES);
            check("cuDeviceGetName", call("cuDeviceGetName", name.address(), NAME_BYTES - 1, device));
            return name.getString(0).strip();
        }
    }

    // CUresult cuDeviceTotalMem_v2(size_t *bytes, CUdevice dev)
    long deviceMemoryBytes(int device) {
        return askLong("cuDeviceTotalMem_v2", device);
    }

    // CUresult cuDeviceGetAttribute(int *pi, CUdevice_attribute attrib, CUdevice dev)
    int attribute(int device, int attribute) {
        return askInt("cuDeviceGetAttribute", attribute, device);
    }

    // CUresult cuDevicePrimaryCtxRetain(CUcontext *pctx, CUdevice dev)
    long retainPrimaryContext(int device) {
        return askLong("cuDevicePrimaryCtxRetain", device);
    }

    // CUresult cuCtxSetCurrent(CUcontext ctx)
    void setCurrent(long context) {
        check("cuCtxSetCurrent", call("cuCtxSetCurrent", context));
    }

    // CUresult cuStreamCreate(CUstream *phStream, unsigned int Flags)
    long createStream() {
        return askLong("cuStreamCreate", STREAM_NON_BLOCKING);
    }

    // CUresult cuStreamSynchronize(CUstream hStream)
    void synchronize(long stream) {
        check("cuStreamSynchronize", call("cuStreamSynchronize", stream));
    }

    // CUresult cuStreamDestroy_v2(CUstream hStream)
    void destroyStream(long stream) {
        check("cuStreamDestroy_v2", call("cuStreamDestroy_v2", stream));
    }

    // CUresult cuEventCreate(CUevent *phEvent, unsigned int Flags)
    long createEvent() {
        return askLong("cuEventCreate", 0);
    }

    // CUresult cuEventRecord(CUevent hEvent, CUstream hStream)
    void record(long event, long stream) {
        check("cuEventRecord", call("cuEventRecord", event, stream));
    }

    // CUresult cuEventSynchronize(CUevent hEvent)
    void await(long event) {
        check("cuEventSynchronize", call("cuEventSynchronize", event));
    }

    // CUresult cuEventElapsedTime(float *pMilliseconds, CUevent hStart, CUevent hEnd)
    long elapsedNanos(long start, long end) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment milliseconds = arena.allocate(JAVA_FLOAT);
            check("cuEventElapsedTime", call("cuEventElapsedTime", milliseconds.address(), start, end));
            return Math.round(milliseconds.get(JAVA_FLOAT, 0) * 1e6);
        }
    }

    // CUresult cuEventDestroy_v2(CUevent hEvent)
    void destroyEvent(long event) {
        check("cuEventDestroy_v2", call("cuEventDestroy_v2", event));
    }

    // CUresult cuMemAlloc_v2(CUdeviceptr *dptr, size_t bytesize)
    long allocate(long sizeBytes) {
        return askLong("cuMemAlloc_v2", sizeBytes);
    }

    // CUresult cuMemAllocAsync(CUdeviceptr *dptr, size_t bytesize, CUstream hStream)
    long allocateFromPool(long sizeBytes, long stream) {
        return askLong("cuMemAllocAsync", sizeBytes, stream);
    }

    // CUresult cuMemFree_v2(CUdeviceptr dptr)
    void free(long address) {
        check("cuMemFree_v2", call("cuMemFree_v2", address));
    }

    // CUresult cuMemFreeAsync(CUdeviceptr dptr, CUstream hStream)
    void freeToPool(long address, long stream) {
        check("cuMemFreeAsync", call("cuMemFreeAsync", address, stream));
    }

    // CUresult cuMemGetInfo_v2(size_t *free, size_t *total)
    long freeBytes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment both = arena.allocate(JAVA_LONG, 2);
            check("cuMemGetInfo_v2", call("cuMemGetInfo_v2", both.address(), both.address() + Long.BYTES));
            return both.get(JAVA_LONG, 0);
        }
    }

    // CUresult cuMemAllocHost_v2(void **pp, size_t bytesize)
    @SuppressWarnings("restricted")
    MemorySegment allocatePinned(long sizeBytes) {
        return MemorySegment.ofAddress(askLong("cuMemAllocHost_v2", sizeBytes)).reinterpret(sizeBytes);
    }

    // CUresult cuMemFreeHost(void *p)
    void freePinned(MemorySegment memory) {
        check("cuMemFreeHost", call("cuMemFreeHost", memory.address()));
    }

    // CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr dstDevice, const void *srcHost, size_t ByteCount, CUstream hStream)
    void copyIn(long device, long host, long sizeBytes, long stream) {
        check("cuMemcpyHtoDAsync_v2", call("cuMemcpyHtoDAsync_v2", device, host, sizeBytes, stream));
    }

    // CUresult cuMemcpyDtoHAsync_v2(void *dstHost, CUdeviceptr srcDevice, size_t ByteCount, CUstream hStream)
    void copyOut(long host, long device, long sizeBytes, long stream) {
        check("cuMemcpyDtoHAsync_v2", call("cuMemcpyDtoHAsync_v2", host, device, sizeBytes, stream));
    }

    // CUresult cuModuleLoadData(CUmodule *module, const void *image)
    long loadModule(byte[] cubin) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment image = arena.allocate(cubin.length, Long.BYTES).copyFrom(MemorySegment.ofArray(cubin));
            return askLong("cuModuleLoadData", image.address());
        }
    }

    // CUresult cuModuleGetFunction(CUfunction *hfunc, CUmodule hmod, const char *name)
    long function(long module, String name) {
        try (Arena arena = Arena.ofConfined()) {
            return askLong(
                    "cuModuleGetFunction", module, arena.allocateFrom(name).address());
        }
    }

    /**
     * {@return a cubin for the current context's card}
     *
     * @throws CudaException with the compiler's log
     */
    // CUresult cuLinkCreate_v2(unsigned int numOptions, CUjit_option *options, void **optionValues,
    //     CUlinkState *stateOut)
    // CUresult cuLinkAddData_v2(CUlinkState state, CUjitInputType type, void *data, size_t size, const char *name,
    //     unsigned int numOptions, CUjit_option *options, void **optionValues)
    // CUresult cuLinkComplete(CUlinkState state, void **cubinOut, size_t *sizeOut); cuLinkDestroy(CUlinkState state)
    @SuppressWarnings("restricted")
    byte[] assemble(byte[] ptx, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment log = arena.allocate(LOG_BYTES);
            MemorySegment options = arena.allocateFrom(JAVA_INT, JIT_ERROR_LOG, JIT_ERROR_LOG_BYTES);
            MemorySegment values = arena.allocateFrom(JAVA_LONG, log.address(), LOG_BYTES);
            MemorySegment out = arena.allocate(JAVA_LONG, 3);
            long state = out.address();
            check("cuLinkCreate_v2", call("cuLinkCreate_v2", 2, options.address(), values.address(), state));
            long link = out.get(JAVA_LONG, 0);
            try {
                MemorySegment text = arena.allocate(ptx.length + 1L).copyFrom(MemorySegment.ofArray(ptx));
                int status = call(
                        "cuLinkAddData_v2",
                        link,
                        INPUT_PTX,
                        text.address(),
                        text.byteSize(),
                        arena.allocateFrom(name).address(),
                        0,
                        0,
                        0);
                if (status == 0) {
                    status = call("cuLinkComplete", link, state + Long.BYTES, state + 2 * Long.BYTES);
                }
                if (status != 0) {
                    throw failure(
                            "cuLinkAddData_v2", status, ": " + log.getString(0).strip());
                }
                long size = out.get(JAVA_LONG, 2 * Long.BYTES);
                return MemorySegment.ofAddress(out.get(JAVA_LONG, Long.BYTES))
                        .reinterpret(size)
                        .toArray(JAVA_BYTE);
            } finally {
                call("cuLinkDestroy", link);
            }
        }
    }

    // CUresult cuLaunchKernel(CUfunction f, unsigned int gridDimX, … Y, … Z, unsigned int blockDimX, … Y, … Z,
    //     unsigned int sharedMemBytes, CUstream hStream, void **kernelParams, void **extra)
    void launch(long function, int[] groups, int[] sizes, long stream, long parameters) {
        check(
                "cuLaunchKernel",
                invoke(
                        address("cuLaunchKernel"),
                        function,
                        groups[0],
                        groups[1],
                        groups[2],
                        sizes[0],
                        sizes[1],
                        sizes[2],
                        0,
                        stream,
                        parameters,
                        0));
    }

    // CUresult cuStreamBeginCapture_v2(CUstream hStream, CUstreamCaptureMode mode)
    void beginCapture(long stream) {
        check("cuStreamBeginCapture_v2", call("cuStreamBeginCapture_v2", stream, CAPTURE_THREAD_LOCAL));
    }

    // CUresult cuStreamEndCapture(CUstream hStream, CUgraph *phGraph)
    long endCapture(long stream) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment graph = arena.allocate(JAVA_LONG);
            check("cuStreamEndCapture", call("cuStreamEndCapture", stream, graph.address()));
            return graph.get(JAVA_LONG, 0);
        }
    }

    // CUresult cuGraphInstantiateWithFlags(CUgraphExec *phGraphExec, CUgraph hGraph, unsigned long long flags)
    long instantiate(long graph) {
        return askLong("cuGraphInstantiateWithFlags", graph, 0);
    }

    // CUresult cuGraphDestroy(CUgraph hGraph)
    void destroyGraph(long graph) {
        check("cuGraphDestroy", call("cuGraphDestroy", graph));
    }

    // CUresult cuGraphLaunch(CUgraphExec hGraphExec, CUstream hStream)
    void launchGraph(long executable, long stream) {
        check("cuGraphLaunch", invoke(address("cuGraphLaunch"), executable, stream, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    // CUresult cuGraphExecDestroy(CUgraphExec hGraphExec)
    void destroyExecutable(long executable) {
        check("cuGraphExecDestroy", call("cuGraphExecDestroy", executable));
    }

    private int askInt(String function, long... arguments) {
        return (int) askLong(function, arguments);
    }

    /** {@return what a function writes to where its first argument points} */
    private long askLong(String function, long... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            long[] all = new long[arguments.length + 1];
            all[0] = out.address();
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            check(function, call(function, all));
            return out.get(JAVA_LONG, 0);
        }
    }

    private MemorySegment address(String function) {
        return addresses.computeIfAbsent(
                function,
                name -> library.find(name)
                        .orElseThrow(() -> new CudaException(
                                0, subject + ": the driver has no " + name + "; update NVIDIA's driver")));
    }

    private int call(String function, long... arguments) {
        long[] a = Arrays.copyOf(arguments, ARGUMENTS);
        return invoke(address(function), a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10]);
    }

    private static int invoke(
            MemorySegment function,
            long a,
            long b,
            long c,
            long d,
            long e,
            long f,
            long g,
            long h,
            long i,
            long j,
            long k) {
        try {
            return (int) HANDLE.invokeExact(function, a, b, c, d, e, f, g, h, i, j, k);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new AssertionError("a native function throws no checked exception", thrown);
        }
    }

    private void check(String function, int status) {
        if (status != 0) {
            throw failure(function, status, "");
        }
    }

    private CudaException failure(String function, int status, String detail) {
        return new CudaException(
                status,
                subject + ": " + function + " fails with " + errorName(status) + detail + CudaException.remedy(status));
    }

    // CUresult cuGetErrorName(CUresult error, const char **pStr)
    @SuppressWarnings("restricted")
    private String errorName(int status) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            if (!has("cuGetErrorName") || call("cuGetErrorName", status, out.address()) != 0) {
                return "error " + status;
            }
            return MemorySegment.ofAddress(out.get(JAVA_LONG, 0))
                    .reinterpret(NAME_BYTES)
                    .getString(0);
        }
    }
}
