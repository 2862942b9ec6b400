package dev.sirocco.runtime.hosted;

import dev.sirocco.runtime.driver.DeviceMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.IdentityHashMap;
import java.util.Map;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A copy of each array, aligned as a device's memory is, filled with a pattern until it is written. */
final class HostedMemory implements DeviceMemory {
    private static final byte UNWRITTEN = 0x6B;
    private static final int ALIGNMENT = 256;

    private final Arena arena = Arena.ofShared();
    private final Map<Object, MemorySegment> copies = new IdentityHashMap<>();

    @Override
    public void allocate(Object array, boolean hostWrites) {
        copies.computeIfAbsent(array, host -> {
            long bytes = ((TornadoNativeArray) host).getNumBytesOfSegment();
            return arena.allocate(bytes, ALIGNMENT).fill(UNWRITTEN);
        });
    }

    MemorySegment of(TornadoNativeArray array) {
        return copies.get(array);
    }

    @Override
    public long copyIn(Object array) {
        TornadoNativeArray host = (TornadoNativeArray) array;
        of(host).copyFrom(host.getSegment());
        return host.getNumBytesOfSegment();
    }

    @Override
    public long copyOut(Object array) {
        TornadoNativeArray host = (TornadoNativeArray) array;
        host.getSegment().copyFrom(of(host));
        return host.getNumBytesOfSegment();
    }

    @Override
    public void free(Object array) {
        copies.remove(array);
    }

    @Override
    public void finish() {}

    @Override
    public long bytes() {
        return copies.values().stream().mapToLong(MemorySegment::byteSize).sum();
    }

    @Override
    public void close() {
        copies.clear();
        arena.close();
    }
}
