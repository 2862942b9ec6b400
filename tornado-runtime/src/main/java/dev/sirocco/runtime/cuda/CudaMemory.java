package dev.sirocco.runtime.cuda;

import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.TaskSequence;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Device memory of one plan's arrays, and the stream in which its work happens, in order. Owns both, and the tasks that
 * use them, until closed; keeps the arrays reachable.
 *
 * <p>Work is collected ({@link CudaSteps}) until the host waits for it, or something comes that cannot be recorded.
 */
final class CudaMemory implements DeviceMemory {
    /** Up to here the driver copies through a buffer of its own, and returns before the card has the data. */
    private static final long SMALL_BYTES = 64 << 10;

    /** Memory of no bytes has no address. */
    private static final long LEAST_BYTES = 16;

    private static final class Buffer {
        private final TornadoNativeArray array;
        private final long address;
        private final boolean hostWrites;
        private PinnedArray pinned; // made when first needed

        private Buffer(TornadoNativeArray array, long address, boolean hostWrites) {
            this.array = array;
            this.address = address;
            this.hostWrites = hostWrites;
        }
    }

    private final CudaDevice device;
    private final long stream;
    private final CudaSteps steps;
    private final Map<Object, Buffer> buffers = new IdentityHashMap<>();
    private final Set<CudaTask> tasks = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Buffer> awaited = new ArrayList<>(); // to be copied out of pinned memory
    private Staging staging;
    private boolean measures;
    private boolean busy; // the driver was given work since the host last waited

    CudaMemory(CudaDevice device) {
        this.device = device;
        this.stream = device.functions().createStream();
        this.steps = new CudaSteps(stream, device.functions().has("cuGraphInstantiateWithFlags"));
    }

    CudaNative functions() {
        return device.functions();
    }

    long stream() {
        return stream;
    }

    boolean measures() {
        return measures;
    }

    void own(CudaTask task) {
        tasks.add(task);
    }

    void disown(CudaTask task) {
        tasks.remove(task);
    }

    void add(CudaSequence sequence) {
        steps.add(sequence);
    }

    void forget(CudaSequence sequence) {
        flush();
        steps.forget(functions(), sequence);
    }

    /** Gives the driver all work that was collected. */
    void flush() {
        busy |= steps.flush(functions());
    }

    /** {@return where an array lies on the device} */
    long address(Object array) {
        return bufferOf(array).address;
    }

    private Buffer bufferOf(Object array) {
        Buffer buffer = buffers.get(array);
        if (buffer == null) {
            throw new IllegalStateException("an array is used before it has device memory");
        }
        return buffer;
    }

    @Override
    public void allocate(Object array, boolean hostWrites) {
        buffers.computeIfAbsent(array, key -> create((TornadoNativeArray) key, hostWrites));
    }

    private Buffer create(TornadoNativeArray array, boolean hostWrites) {
        long sizeBytes = Math.max(LEAST_BYTES, array.getNumBytesOfSegment());
        CudaNative cuda = functions();
        try {
            long address = device.hasPools() ? cuda.allocateFromPool(sizeBytes, stream) : cuda.allocate(sizeBytes);
            return new Buffer(array, address, hostWrites);
        } catch (CudaException failed) {
            if (failed.status() != CudaException.OUT_OF_MEMORY) {
                throw failed;
            }
            throw new TornadoOutOfMemoryException("%s has no room for %d bytes: %d of its %d are free%s"
                    .formatted(
                            cuda.subject(),
                            sizeBytes,
                            cuda.freeBytes(),
                            device.description().memoryBytes(),
                            CudaException.remedy(failed.status())));
        }
    }

    /** Everything that the host writes is copied before this returns. */
    @Override
    public boolean copiesAtOnce() {
        return true;
    }

    @Override
    public long copyIn(Object array) {
        Buffer buffer = bufferOf(array);
        MemorySegment host = buffer.array.getSegment();
        if (host.byteSize() == 0) {
            return 0;
        }
        if (buffer.hostWrites && host.byteSize() <= PinnedArray.MOST_BYTES) {
            PinnedArray.In copy = new PinnedArray.In(pinned(buffer));
            if (busy || steps.hasWaiting(copy)) {
                finish(); // what was copied before is still to be read
            }
            buffer.pinned.fill(host);
            steps.add(copy);
            return host.byteSize();
        }
        flush();
        busy = true;
        if (host.byteSize() > SMALL_BYTES) {
            staging().copyIn(host, buffer.address);
        } else {
            functions().copyIn(buffer.address, host.address(), host.byteSize(), stream);
        }
        return host.byteSize();
    }

    @Override
    public long copyOut(Object array) {
        Buffer buffer = bufferOf(array);
        MemorySegment host = buffer.array.getSegment();
        if (host.byteSize() == 0) {
            return 0;
        }
        if (host.byteSize() <= PinnedArray.MOST_BYTES) {
            steps.add(new PinnedArray.Out(pinned(buffer)));
            awaited.add(buffer);
        } else {
            flush();
            busy = true;
            staging().copyOut(buffer.address, host);
        }
        return host.byteSize();
    }

    private PinnedArray pinned(Buffer buffer) {
        if (buffer.pinned == null) {
            buffer.pinned = new PinnedArray(functions(), buffer.address, buffer.array.getNumBytesOfSegment());
        }
        return buffer.pinned;
    }

    private Staging staging() {
        CudaNative cuda = functions();
        if (staging == null) {
            staging = new Staging(cuda, stream);
        }
        return staging;
    }

    @Override
    public void free(Object array) {
        Buffer buffer = buffers.get(array);
        if (buffer != null) {
            finish();
            steps.release(functions());
            buffers.remove(array);
            release(buffer);
        }
    }

    private void release(Buffer buffer) {
        PinnedArray pinned = buffer.pinned;
        buffer.pinned = null;
        if (pinned != null) {
            pinned.free(functions());
        }
        if (device.hasPools()) {
            functions().freeToPool(buffer.address, stream);
        } else {
            functions().free(buffer.address);
        }
    }

    @Override
    public TaskSequence sequence(List<BoundTask> parts) {
        return new CudaSequence(parts, this);
    }

    @Override
    public void finish() {
        List<Buffer> arriving = List.copyOf(awaited);
        awaited.clear();
        flush();
        functions().synchronize(stream);
        busy = false;
        arriving.forEach(buffer -> buffer.pinned.empty(buffer.array.getSegment()));
    }

    @Override
    public void measure(boolean wanted) {
        if (wanted != measures) {
            finish();
            measures = wanted;
        }
    }

    @Override
    public long bytes() {
        return buffers.values().stream()
                .mapToLong(buffer -> buffer.array.getNumBytesOfSegment())
                .sum();
    }

    /** Waits for what is running, and gives everything back, even when the context is lost. */
    @Override
    public void close() {
        List<Runnable> todo = new ArrayList<>();
        todo.add(this::finish);
        todo.add(() -> steps.release(functions()));
        tasks.forEach(task -> todo.add(task::release));
        if (staging != null) {
            todo.add(staging::close);
        }
        List.copyOf(buffers.values()).forEach(buffer -> todo.add(() -> release(buffer)));
        todo.add(this::finish);
        todo.add(() -> functions().destroyStream(stream));
        tasks.clear();
        buffers.clear();
        staging = null;
        RuntimeException first = null;
        for (Runnable step : todo) {
            try {
                step.run();
            } catch (RuntimeException failed) {
                if (first == null) {
                    first = failed;
                } else {
                    first.addSuppressed(failed);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
