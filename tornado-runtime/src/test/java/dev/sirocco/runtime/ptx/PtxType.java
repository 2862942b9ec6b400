package dev.sirocco.runtime.ptx;

/**
 * A type of PTX. Registers are {@code long}s; whoever reads one takes the bits of its type.
 *
 * @param kind {@code u}nsigned, {@code s}igned, {@code b}its, {@code f}loating-point or {@code p}redicate
 * @param bits its size
 */
record PtxType(char kind, int bits) {
    /**
     * {@return the type with a name such as {@code u32}}
     *
     * @throws PtxFault when there is none
     */
    static PtxType of(String name) {
        return switch (name) {
            case "pred" -> new PtxType('p', 1);
            case "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "b8", "b16", "b32", "b64", "f16", "f32", "f64" ->
                new PtxType(name.charAt(0), Integer.parseInt(name.substring(1)));
            default -> throw new PtxFault("no type " + name);
        };
    }

    int bytes() {
        return bits / Byte.SIZE;
    }

    boolean isReal() {
        return kind == 'f';
    }

    boolean isSigned() {
        return kind == 's';
    }

    /** {@return a register's lower bits as the number that they are} */
    long number(long register) {
        int unused = Long.SIZE - bits;
        return kind == 's' ? register << unused >> unused : register << unused >>> unused;
    }

    /** {@return a number's lower bits} */
    long register(long number) {
        int unused = Long.SIZE - bits;
        return number << unused >>> unused;
    }

    /** {@return the floating-point number that a register holds; exact} */
    double real(long register) {
        return switch (bits) {
            case 16 -> Float.float16ToFloat((short) register);
            case 32 -> Float.intBitsToFloat((int) register);
            default -> Double.longBitsToDouble(register);
        };
    }

    /**
     * {@return a number rounded to the type} Sums, products, quotients and roots of two numbers of the type that were
     * rounded to {@code double} before are the ones rounded once: it has more than twice their bits (and {@code float}
     * those of halves).
     */
    long register(double real) {
        return switch (bits) {
            case 16 -> Float.floatToFloat16((float) real) & 0xFFFFL;
            case 32 -> Float.floatToRawIntBits((float) real) & 0xFFFF_FFFFL;
            default -> Double.doubleToRawLongBits(real);
        };
    }
}
