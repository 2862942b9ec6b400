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
 * Device memory of one plan's arrays, and the stream in which its work happens, in order. Owns both, and the tasks and
 * sequences that use them, until closed; keeps the arrays reachable.
 */
final class CudaMemory implements DeviceMemory {
    /** Up to here the driver copies through a buffer of its own, and returns before the card has the data. */
    private static final long SMALL_BYTES = 64 << 10;

    /** Memory of no bytes has no address. */
    private static final long LEAST_BYTES = 16;

    private record Buffer(TornadoNativeArray array, long address, long sizeBytes) {}

    private final CudaDevice device;
    private final long stream;
    private final boolean records;
    private final Map<Object, Buffer> buffers = new IdentityHashMap<>();
    private final Set<CudaTask> tasks = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<CudaSequence> sequences = Collections.newSetFromMap(new IdentityHashMap<>());
    private Staging staging;
    private boolean measures;

    CudaMemory(CudaDevice device) {
        this.device = device;
        this.stream = device.functions().createStream();
        this.records = device.functions().has("cuGraphInstantiateWithFlags");
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

    void disown(CudaSequence sequence) {
        sequences.remove(sequence);
    }

    /** {@return where an array lies on the device} */
    long address(Object array) {
        return bufferOf(array).address();
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
        buffers.computeIfAbsent(array, key -> create((TornadoNativeArray) key));
    }

    private Buffer create(TornadoNativeArray array) {
        long sizeBytes = Math.max(LEAST_BYTES, array.getNumBytesOfSegment());
        CudaNative cuda = functions();
        try {
            long address = device.hasPools() ? cuda.allocateFromPool(sizeBytes, stream) : cuda.allocate(sizeBytes);
            return new Buffer(array, address, sizeBytes);
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

    @Override
    public long copyIn(Object array) {
        Buffer buffer = bufferOf(array);
        MemorySegment host = buffer.array().getSegment();
        if (host.byteSize() > SMALL_BYTES) {
            staging().copyIn(host, buffer.address());
        } else if (host.byteSize() > 0) {
            functions().copyIn(buffer.address(), host.address(), host.byteSize(), stream);
        }
        return host.byteSize();
    }

    @Override
    public long copyOut(Object array) {
        Buffer buffer = bufferOf(array);
        MemorySegment host = buffer.array().getSegment();
        if (host.byteSize() > SMALL_BYTES) {
            staging().copyOut(buffer.address(), host);
        } else if (host.byteSize() > 0) {
            functions().copyOut(host.address(), buffer.address(), host.byteSize(), stream);
        }
        return host.byteSize();
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
        Buffer buffer = buffers.remove(array);
        if (buffer != null) {
            release(buffer);
        }
    }

    private void release(Buffer buffer) {
        if (device.hasPools()) {
            functions().freeToPool(buffer.address(), stream);
        } else {
            functions().free(buffer.address());
        }
    }

    @Override
    public TaskSequence sequence(List<BoundTask> parts) {
        if (!records || parts.size() < 2) {
            return DeviceMemory.super.sequence(parts);
        }
        CudaSequence sequence = new CudaSequence(parts, this);
        sequences.add(sequence);
        return sequence;
    }

    @Override
    public void finish() {
        functions().synchronize(stream);
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
                .mapToLong(buffer -> buffer.array().getNumBytesOfSegment())
                .sum();
    }

    /** Waits for what is running, and gives everything back, even when the context is lost. */
    @Override
    public void close() {
        List<Runnable> steps = new ArrayList<>();
        steps.add(this::finish);
        sequences.forEach(sequence -> steps.add(sequence::release));
        tasks.forEach(task -> steps.add(task::release));
        if (staging != null) {
            steps.add(staging::close);
        }
        buffers.values().forEach(buffer -> steps.add(() -> release(buffer)));
        steps.add(this::finish);
        steps.add(() -> functions().destroyStream(stream));
        sequences.clear();
        tasks.clear();
        buffers.clear();
        staging = null;
        RuntimeException first = null;
        for (Runnable step : steps) {
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
