package uk.ac.manchester.tornado.api.types;

/**
 * A 16-bit IEEE 754 float. Storage: arithmetic is done in 32 bits and rounded to the nearest, ties to even.
 *
 * <p>Kernels that must run on devices without 16-bit floats decode the bits with integer arithmetic instead.
 */
public class HalfFloat {
    private final short bits;

    /** Rounds to the nearest 16-bit float, ties to even; past 65504 (by rounding) to infinity. */
    public HalfFloat(float value) {
        this.bits = Float.floatToFloat16(value);
    }

    /** Takes the bits as they are. */
    public HalfFloat(short bits) {
        this.bits = bits;
    }

    public static HalfFloat add(HalfFloat a, HalfFloat b) {
        return new HalfFloat(a.getFloat32() + b.getFloat32());
    }

    public static HalfFloat sub(HalfFloat a, HalfFloat b) {
        return new HalfFloat(a.getFloat32() - b.getFloat32());
    }

    public static HalfFloat mult(HalfFloat a, HalfFloat b) {
        return new HalfFloat(a.getFloat32() * b.getFloat32());
    }

    public static HalfFloat div(HalfFloat a, HalfFloat b) {
        return new HalfFloat(a.getFloat32() / b.getFloat32());
    }

    /** {@return the bits: sign, 5 of exponent, 10 of fraction} */
    public short getHalfFloatValue() {
        return bits;
    }

    /** {@return the value, exactly} */
    public float getFloat32() {
        return Float.float16ToFloat(bits);
    }

    @Override
    public String toString() {
        return Float.toString(getFloat32());
    }
}
