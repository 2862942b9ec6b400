package dev.sirocco.model.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A metadata value. Immutable, independent of the file that it was read from. Arrays hold scalars or strings; an array
 * of arrays is not supported, as in llama.cpp: no known model has one.
 */
public sealed interface GgufValue {

    /** {@return the type under which the file stores this value} */
    GgufValueType type();

    /**
     * A whole number.
     *
     * @param type  one of the integer types
     * @param value within the type's range; for {@code U64} the 64 bits, so that values from 2^63 are negative
     */
    record Int(GgufValueType type, long value) implements GgufValue {
        public Int {
            if (!type.isInteger()) {
                throw new IllegalArgumentException(type + " is not an integer type");
            }
            int bits = Long.SIZE - Byte.SIZE * type.bytes();
            boolean unsigned = type == GgufValueType.U8 || type == GgufValueType.U16 || type == GgufValueType.U32;
            if ((unsigned ? value << bits >>> bits : value << bits >> bits) != value) {
                throw new IllegalArgumentException(value + " does not fit " + type);
            }
        }

        @Override
        public String toString() {
            return type == GgufValueType.U64 ? Long.toUnsignedString(value) : Long.toString(value);
        }
    }

    /** A number of type {@code F32} (kept exactly) or {@code F64}. */
    record Real(GgufValueType type, double value) implements GgufValue {
        public Real {
            if (!type.isReal()) {
                throw new IllegalArgumentException(type + " is not a floating-point type");
            }
        }

        @Override
        public String toString() {
            return type == GgufValueType.F32 ? Float.toString((float) value) : Double.toString(value);
        }
    }

    /** True or false. */
    record Bool(boolean value) implements GgufValue {
        @Override
        public GgufValueType type() {
            return GgufValueType.BOOL;
        }

        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** A string. */
    record Text(String value) implements GgufValue {
        public Text {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public GgufValueType type() {
            return GgufValueType.STRING;
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /** An array of strings. */
    record Texts(List<String> values) implements GgufValue {
        public Texts {
            values = List.copyOf(values);
        }

        @Override
        public GgufValueType type() {
            return GgufValueType.ARRAY;
        }

        /** {@return type and length, {@code string[32000]}} */
        @Override
        public String toString() {
            return GgufValueType.STRING + "[" + values.size() + "]";
        }
    }

    /** An array of numbers or truth values, kept in the file's own bytes. */
    final class Packed implements GgufValue {
        private final GgufValueType elementType;
        private final ByteBuffer bytes;

        /** Takes the bytes over: the caller must not change them any more. */
        Packed(GgufValueType elementType, byte[] bytes) {
            if (elementType.bytes() == 0 || bytes.length % elementType.bytes() != 0) {
                throw new IllegalArgumentException(bytes.length + " bytes of " + elementType);
            }
            this.elementType = elementType;
            this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public GgufValueType type() {
            return GgufValueType.ARRAY;
        }

        public GgufValueType elementType() {
            return elementType;
        }

        public int size() {
            return bytes.capacity() / elementType.bytes();
        }

        /** {@return the element as a scalar value} */
        public GgufValue get(int index) {
            return switch (elementType) {
                case U8, I8, U16, I16, U32, I32, U64, I64 -> new Int(elementType, longAt(index));
                case F32, F64 -> new Real(elementType, doubleAt(index));
                case BOOL -> new Bool(bytes.get(Objects.checkIndex(index, size())) != 0);
                case STRING, ARRAY -> throw new AssertionError(elementType);
            };
        }

        /** {@return the element of an array of integers, with the meaning of {@link Int#value}} */
        public long longAt(int index) {
            int at = Objects.checkIndex(index, size()) * elementType.bytes();
            return switch (elementType) {
                case U8 -> Byte.toUnsignedLong(bytes.get(at));
                case I8 -> bytes.get(at);
                case U16 -> Short.toUnsignedLong(bytes.getShort(at));
                case I16 -> bytes.getShort(at);
                case U32 -> Integer.toUnsignedLong(bytes.getInt(at));
                case I32 -> bytes.getInt(at);
                case U64, I64 -> bytes.getLong(at);
                case F32, F64, BOOL, STRING, ARRAY -> throw new IllegalStateException(this + " has no integers");
            };
        }

        /** {@return the element of an array of floating-point numbers} */
        public double doubleAt(int index) {
            int at = Objects.checkIndex(index, size()) * elementType.bytes();
            return switch (elementType) {
                case F32 -> bytes.getFloat(at);
                case F64 -> bytes.getDouble(at);
                case U8, I8, U16, I16, U32, I32, U64, I64, BOOL, STRING, ARRAY ->
                    throw new IllegalStateException(this + " has no floating-point numbers");
            };
        }

        byte[] bytes() {
            return bytes.array();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Packed that
                    && elementType == that.elementType
                    && Arrays.equals(bytes(), that.bytes());
        }

        @Override
        public int hashCode() {
            return 31 * elementType.hashCode() + Arrays.hashCode(bytes());
        }

        /** {@return type and length, {@code f32[32000]}} */
        @Override
        public String toString() {
            return elementType + "[" + size() + "]";
        }
    }

    static GgufValue of(String value) {
        return new Text(value);
    }

    static GgufValue of(boolean value) {
        return new Bool(value);
    }

    /** {@return a value of type {@code U32}, which most keys have} */
    static GgufValue u32(long value) {
        return new Int(GgufValueType.U32, value);
    }

    /** {@return a value of type {@code F32}} */
    static GgufValue f32(float value) {
        return new Real(GgufValueType.F32, value);
    }

    /** {@return an array of strings} */
    static GgufValue strings(List<String> values) {
        return new Texts(values);
    }

    /** {@return an array of {@code U32}} */
    static GgufValue u32s(List<Integer> values) {
        return new Packed(
                GgufValueType.U32,
                ((Packed) i32s(values.stream().mapToInt(Integer::intValue).toArray())).bytes());
    }

    /** {@return an array of {@code I32}} */
    static GgufValue i32s(int... values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(values.length, 4)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return new Packed(GgufValueType.I32, bytes.array());
    }

    /** {@return an array of {@code F32}} */
    static GgufValue f32s(float... values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(values.length, 4)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new Packed(GgufValueType.F32, bytes.array());
    }
}
