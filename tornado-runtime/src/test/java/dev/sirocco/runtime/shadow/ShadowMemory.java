package dev.sirocco.runtime.shadow;

import dev.sirocco.runtime.driver.DeviceMemory;
import java.util.IdentityHashMap;
import java.util.Map;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A copy of each array. */
final class ShadowMemory implements DeviceMemory {
    /** Every byte of what nobody wrote. */
    private static final byte UNWRITTEN = 0x6B;

    private final Map<Object, TornadoNativeArray> shadows = new IdentityHashMap<>();

    @Override
    public void allocate(Object array, boolean hostWrites) {
        shadows.computeIfAbsent(array, host -> {
            TornadoNativeArray shadow = like((TornadoNativeArray) host);
            shadow.getSegment().fill(UNWRITTEN);
            return shadow;
        });
    }

    TornadoNativeArray of(TornadoNativeArray array) {
        TornadoNativeArray shadow = shadows.get(array);
        if (shadow == null) {
            throw new IllegalStateException("a task was bound before its array had device memory");
        }
        return shadow;
    }

    @Override
    public long copyIn(Object array) {
        TornadoNativeArray host = (TornadoNativeArray) array;
        of(host).getSegment().copyFrom(host.getSegment());
        return host.getNumBytesOfSegment();
    }

    @Override
    public long copyOut(Object array) {
        TornadoNativeArray host = (TornadoNativeArray) array;
        host.getSegment().copyFrom(of(host).getSegment());
        return host.getNumBytesOfSegment();
    }

    @Override
    public void free(Object array) {
        shadows.remove(array);
    }

    @Override
    public void finish() {}

    @Override
    public long bytes() {
        return shadows.values().stream()
                .mapToLong(TornadoNativeArray::getNumBytesOfSegment)
                .sum();
    }

    @Override
    public void close() {
        shadows.clear();
    }

    private static TornadoNativeArray like(TornadoNativeArray host) {
        return switch (host) {
            case ByteArray array -> new ByteArray(array.getSize());
            case DoubleArray array -> new DoubleArray(array.getSize());
            case FloatArray array -> new FloatArray(array.getSize());
            case HalfFloatArray array -> new HalfFloatArray(array.getSize());
            case Int8Array array -> new Int8Array(array.getSize());
            case IntArray array -> new IntArray(array.getSize());
            case LongArray array -> new LongArray(array.getSize());
            case ShortArray array -> new ShortArray(array.getSize());
        };
    }
}
