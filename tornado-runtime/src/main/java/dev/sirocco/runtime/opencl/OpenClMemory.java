package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Buffers of one plan's arrays, and the queue in which its work happens, in order.
 *
 * <p>Where host and device share memory a buffer is the array itself, unless the host writes the array while tasks may
 * still read it: the few small arrays that change from execution to execution are copied. A transfer is said to OpenCL
 * in any case: it costs nothing where memory is really one, and is right where an implementation keeps a copy. Owns
 * buffers, kernels and queues until closed, and keeps the arrays reachable.
 *
 * <p>After a failure in the queue, as when the device is lost, part of an execution has not happened and nothing on the
 * device can be relied on: everything that is asked of the queue fails in the same way from then on.
 */
final class OpenClMemory implements DeviceMemory {
    /** A driver stages what it transfers; more at once is not faster. */
    private static final long CHUNK_BYTES = 64 << 20;

    /** A buffer cannot be empty. */
    private static final long LEAST_BYTES = 1;

    private final OpenClDevice device;
    private final OpenClNative opencl;
    private final long context;
    private final boolean shared;
    private final Map<Object, Buffer> buffers = new IdentityHashMap<>();
    private final Set<OpenClTask> tasks = Collections.newSetFromMap(new IdentityHashMap<>());
    private final long plainQueue;
    private long measuringQueue;
    private boolean measures;
    private OpenClException failure; // the first in the queue, or null

    /** @param ownBytes what the buffer takes besides the host's memory */
    private record Buffer(TornadoNativeArray array, long handle, long ownBytes) {}

    OpenClMemory(OpenClDevice device) {
        this.device = device;
        this.opencl = device.opencl();
        this.context = device.context().handle();
        this.shared = device.description().sharesHostMemory();
        this.plainQueue = opencl.createQueue(context, device.handle(), false);
    }

    /** Takes a task that works on this memory, to close it with the memory. */
    void own(OpenClTask task) {
        tasks.add(task);
    }

    void disown(OpenClTask task) {
        tasks.remove(task);
    }

    /**
     * {@return the queue to work in now}
     *
     * @throws OpenClException if something has failed in it
     */
    long queue() {
        if (failure != null) {
            throw failure.again();
        }
        return measures ? measuringQueue : plainQueue;
    }

    /** Takes note of what failed in the queue. {@return it} */
    TornadoRuntimeException breaks(TornadoRuntimeException failed) {
        if (failed instanceof OpenClException inQueue) {
            failure = inQueue;
        }
        return failed;
    }

    private void inQueue(LongConsumer work) {
        long queue = queue();
        try {
            work.accept(queue);
        } catch (OpenClException failed) {
            throw breaks(failed);
        }
    }

    boolean measures() {
        return measures;
    }

    long buffer(TornadoNativeArray array) {
        return bufferOf(array).handle();
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
        buffers.computeIfAbsent(array, key -> create((TornadoNativeArray) key, shared && !hostWrites));
    }

    private Buffer create(TornadoNativeArray array, boolean inPlace) {
        long sizeBytes = array.getNumBytesOfSegment();
        if (inPlace && sizeBytes > 0) {
            return create(array, sizeBytes, array.getSegment().address(), 0);
        }
        long ownBytes = Math.max(LEAST_BYTES, sizeBytes);
        DeviceDescription description = device.description();
        if (ownBytes > description.limits().maxAllocationBytes()) {
            throw noRoom(
                    sizeBytes,
                    "its driver gives at most " + description.limits().maxAllocationBytes() + " for one array");
        }
        long used = device.usedBytes().addAndGet(ownBytes);
        try {
            if (used > description.memoryBytes()) {
                throw noRoom(sizeBytes, (used - ownBytes) + " of its " + description.memoryBytes() + " are in use");
            }
            return create(array, ownBytes, 0, ownBytes);
        } catch (RuntimeException failed) {
            device.usedBytes().addAndGet(-ownBytes);
            throw failed;
        }
    }

    private Buffer create(TornadoNativeArray array, long sizeBytes, long host, long ownBytes) {
        try {
            return new Buffer(array, opencl.createBuffer(context, sizeBytes, host), ownBytes);
        } catch (OpenClException failed) {
            if (OpenClStatus.isOutOfMemory(failed.status())) {
                throw noRoom(sizeBytes, "its driver says " + OpenClStatus.name(failed.status()));
            }
            throw failed;
        }
    }

    private TornadoOutOfMemoryException noRoom(long sizeBytes, String why) {
        return new TornadoOutOfMemoryException(
                "%s has no room for %d bytes: %s; use a smaller --ctx or model, or another device"
                        .formatted(opencl.subject(), sizeBytes, why));
    }

    @Override
    public long copyIn(Object array) {
        Buffer buffer = bufferOf(array);
        transfer(
                buffer, (queue, offset, size, host) -> opencl.enqueueWrite(queue, buffer.handle(), offset, size, host));
        return buffer.ownBytes() == 0 ? 0 : buffer.array().getNumBytesOfSegment();
    }

    @Override
    public long copyOut(Object array) {
        Buffer buffer = bufferOf(array);
        transfer(buffer, (queue, offset, size, host) -> opencl.enqueueRead(queue, buffer.handle(), offset, size, host));
        return buffer.ownBytes() == 0 ? 0 : buffer.array().getNumBytesOfSegment();
    }

    @FunctionalInterface
    private interface Transfer {
        void enqueue(long queue, long offset, long sizeBytes, long host);
    }

    /** A buffer that is the host's memory is transferred as a whole: drivers see that this is nothing to do. */
    private void transfer(Buffer buffer, Transfer transfer) {
        long sizeBytes = buffer.array().getNumBytesOfSegment();
        long chunk = buffer.ownBytes() == 0 ? sizeBytes : CHUNK_BYTES;
        long host = buffer.array().getSegment().address();
        inQueue(queue -> {
            for (long at = 0; at < sizeBytes; at += chunk) {
                transfer.enqueue(queue, at, Math.min(chunk, sizeBytes - at), host + at);
            }
        });
    }

    @Override
    public void free(Object array) {
        Buffer buffer = buffers.remove(array);
        if (buffer != null) {
            release(buffer);
        }
    }

    private void release(Buffer buffer) {
        device.usedBytes().addAndGet(-buffer.ownBytes());
        opencl.releaseBuffer(buffer.handle());
    }

    @Override
    public void finish() {
        inQueue(opencl::finish);
    }

    /** Events cost, so that only a queue of their own has them. */
    @Override
    public void measure(boolean wanted) {
        if (wanted == measures) {
            return;
        }
        finish();
        if (wanted && measuringQueue == 0) {
            measuringQueue = opencl.createQueue(context, device.handle(), true);
        }
        measures = wanted;
    }

    @Override
    public long bytes() {
        return buffers.values().stream().mapToLong(Buffer::ownBytes).sum();
    }

    /**
     * Waits for what is running, and gives everything back, even when the device is lost. Where something failed
     * earlier, whoever asked for it was told, and what else fails here because of it is not worth another failure.
     */
    @Override
    public void close() {
        boolean failedEarlier = failure != null;
        List<Runnable> steps = new ArrayList<>();
        steps.add(() -> opencl.finish(plainQueue)); // also after a failure: what was enqueued before may still run
        if (measuringQueue != 0) {
            steps.add(() -> opencl.finish(measuringQueue));
        }
        tasks.forEach(task -> steps.add(task::release));
        buffers.values().forEach(buffer -> steps.add(() -> release(buffer)));
        steps.add(() -> opencl.releaseQueue(plainQueue));
        if (measuringQueue != 0) {
            steps.add(() -> opencl.releaseQueue(measuringQueue));
        }
        tasks.clear();
        buffers.clear();
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
        if (first != null && !failedEarlier) {
            throw first;
        }
    }
}
