package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.util.function.Function;
import java.util.function.IntFunction;
import uk.ac.manchester.tornado.api.types.HalfFloat;

/** The eight array types behind one face, so that each test runs on all of them. Values are small whole numbers. */
enum ArrayKind {
    FLOAT(4, FloatArray::new, FloatArray::fromSegment, FloatArray::fromSegmentShallow) {
        @Override
        void set(TornadoNativeArray array, int index, int value) {
            ((FloatArray) array).set(index, value);
        }

        @Override
        double get(TornadoNativeArray array, int index) {
            return ((FloatArray) array).get(index);
        }

        @Override
        void init(TornadoNativeArray array, int value) {
            ((FloatArray) array).init(value);
        }

        @Override
        TornadoNativeArray ofThree(int a, int b, int c) {
            return FloatArray.fromElements(a, b, c);
        }

        @Override
        Object heapArray(TornadoNativeArray array) {
            return ((FloatArray) array).toHeapArray();
        }
    },
    DOUBLE(8, DoubleArray::new, DoubleArray::fromSegment, DoubleArray::fromSegmentShallow) {
        @Override
        void set(TornadoNativeArray array, int index, int value) {
            ((DoubleArray) array).set(index, value);
        }

        @Override
        double get(TornadoNativeArray array, int index) {
            return ((DoubleArray) array).get(index);
        }

        @Override
        void init(TornadoNativeArray array, int value) {
            ((DoubleArray) array).init(value);
        }

        @Override
        TornadoNativeArray ofThree(int a, int b, int c) {
            return DoubleArray.fromElements(a, b, c);
        }

        @Override
        Object heapArray(TornadoNativeArray array) {
            return ((DoubleArray) array).toHeapArray();
        }
    },
    INT(4, IntArray::new, IntArray::fromSegment, IntArray::fromSegmentShallow) {
        @Override
        void set(TornadoNativeArray array, int index, int value) {
            ((IntArray) array).set(index, value);
        }

        @Override
        double get(TornadoNativeArray array, int index) {
            return ((IntArray) array).get(index);
        }

        @Override
        void init(TornadoNativeArray array, int value) {
            ((IntArray) array).init(value);
        }

        @Override
        TornadoNativeArray ofThree(int a, int b, int c) {
            return IntArray.fromElements(a, b, c);
        }

        @Override
        Object heapArray(TornadoNativeArray array) {
            return ((IntArray) array).toHeapArray();
        }
    },
    LONG(8, LongArray::new, LongArray::fromSegment, LongArray::fromSegmentShallow) {
        @Override
        void set(TornadoNativeArray array, int index, int value) {
            ((LongArray) array).set(index, value);
        }

        @Override
        double get(TornadoNativeArray array, int index) {
            return ((LongArray) array).get(index);
        }

        @Override
        void init(TornadoNativeArray array, int value) {
            ((LongArray) array).init(value);
        }

        @Override
        TornadoNativeArray ofThree(int a, int b, int c) {
            return LongArray.fromElements(a, b, c);
        }

        @Override
        Object heapArray(TornadoNativeArray array) {
            return ((LongArray) array).toHeapArray();
        }
    },
    SHORT(2, ShortArray::new, ShortArray::fromSegment, ShortArray::fromSegmentShallow) {
        @Override
        void set(TornadoNativeArray array, int index, int value) {
            ((ShortArray) array).set(index, (short) value);
        }

        @Override
        double get(TornadoNativeArray array, int index) {
            return ((ShortArray) array).get(index);
        }

        @Override
        void init(TornadoNativeArray array, int value) {
            ((ShortArray) array).init((short) value);
        }

        @Override
        TornadoNativeArray ofThree(int a, int b, int c) {
            return ShortArray.fromElements((short) a, (short) b, (short) c);
        }

        @Override
        Object heapArray(TornadoNativeArray array) {
            return ((ShortArray) array).toHeapArray();
        }
    },
    INT8(1, Int8Array::new, Int8Array::fromSegment, Int8Array::fromSegmentShallow) {
        @Override
        void set(TornadoNativeArray array, int index, int value) {
            ((Int8Array) array).set(index, (byte) value);
        }

        @Override
        double get(TornadoNativeArray array, int index) {
            return ((Int8Array) array).get(index);
        }

        @Override
        void init(TornadoNativeArray array, int value) {
            ((Int8Array) array).init((byte) value);
        }

        @Override
        TornadoNativeArray ofThree(int a, int b, int c) {
            return Int8Array.fromElements((byte) a, (byte) b, (byte) c);
        }

        @Override
        Object heapArray(TornadoNativeArray array) {
            return ((Int8Array) array).toHeapArray();
        }
    },
    BYTE(1, ByteArray::new, ByteArray::fromSegment, ByteArray::fromSegmentShallow) {
        @Override
        void set(TornadoNativeArray array, int index, int value) {
            ((ByteArray) array).set(index, (byte) value);
        }

        @Override
        double get(TornadoNativeArray array, int index) {
            return ((ByteArray) array).get(index);
        }

        @Override
        void init(TornadoNativeArray array, int value) {
            ((ByteArray) array).init((byte) value);
        }

        @Override
        TornadoNativeArray ofThree(int a, int b, int c) {
            return ByteArray.fromElements((byte) a, (byte) b, (byte) c);
        }

        @Override
        Object heapArray(TornadoNativeArray array) {
            return ((ByteArray) array).toHeapArray();
        }
    },
    HALF(2, HalfFloatArray::new, HalfFloatArray::fromSegment, HalfFloatArray::fromSegmentShallow) {
        @Override
        void set(TornadoNativeArray array, int index, int value) {
            ((HalfFloatArray) array).set(index, new HalfFloat((float) value));
        }

        @Override
        double get(TornadoNativeArray array, int index) {
            return ((HalfFloatArray) array).get(index).getFloat32();
        }

        @Override
        void init(TornadoNativeArray array, int value) {
            ((HalfFloatArray) array).init(new HalfFloat((float) value));
        }

        @Override
        TornadoNativeArray ofThree(int a, int b, int c) {
            return HalfFloatArray.fromElements(
                    new HalfFloat((float) a), new HalfFloat((float) b), new HalfFloat((float) c));
        }

        @Override
        Object heapArray(TornadoNativeArray array) {
            return ((HalfFloatArray) array).toHeapArray();
        }
    };

    final int elementSize;
    final IntFunction<TornadoNativeArray> make;
    final Function<MemorySegment, TornadoNativeArray> copy;
    final Function<MemorySegment, TornadoNativeArray> wrap;

    ArrayKind(
            int elementSize,
            IntFunction<TornadoNativeArray> make,
            Function<MemorySegment, TornadoNativeArray> copy,
            Function<MemorySegment, TornadoNativeArray> wrap) {
        this.elementSize = elementSize;
        this.make = make;
        this.copy = copy;
        this.wrap = wrap;
    }

    abstract void set(TornadoNativeArray array, int index, int value);

    abstract double get(TornadoNativeArray array, int index);

    abstract void init(TornadoNativeArray array, int value);

    abstract TornadoNativeArray ofThree(int a, int b, int c);

    abstract Object heapArray(TornadoNativeArray array);

    /** {@return an array of the values -50, -49, … in turn} */
    TornadoNativeArray counting(int size) {
        TornadoNativeArray array = make.apply(size);
        for (int i = 0; i < size; i++) {
            set(array, i, expected(i));
        }
        return array;
    }

    static int expected(int index) {
        return index % 101 - 50;
    }
}
