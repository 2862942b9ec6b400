package dev.sirocco.runtime.codegen.opencl;

/** Half precision as storage: functions that need no half arithmetic. */
final class Halves {
    private Halves() {}

    /** {@return the function that rounds a float to the nearest half, as a float} */
    static String rounding(Prelude prelude) {
        return prelude.function("round_to_half", """
                static float round_to_half(float x) {
                    ushort bits;
                    vstore_half_rte(x, 0, (half *) &bits);
                    return vload_half(0, (const half *) &bits);
                }
                """);
    }

    /** {@return the function that reads a half whose two bytes begin at any address} */
    static String load(Prelude prelude, OpenClTarget target, String space) {
        String name = "load_half" + space.substring(1);
        return prelude.function(
                name, """
                static float NAME(const SPACE char *at) {
                    return OF_BITS((ushort) ((uchar) at[0] | (uchar) at[1] << 8));
                }
                """.replace("NAME", name).replace("SPACE", space).replace("OF_BITS", ofBits(prelude, target)));
    }

    /**
     * {@return the function that reads a half that an int has in its lower half} Processors have an instruction for it,
     * which the functions of PoCL do without.
     */
    static String ofBits(Prelude prelude, OpenClTarget target) {
        String general = """
                    ushort bits = (ushort) word;
                    return vload_half(0, (const half *) &bits);
                """;
        String body = !target.processor() ? general : """
                #if defined(__clang__) && defined(__F16C__)
                    typedef short halves __attribute__((vector_size(16)));
                    typedef float floats __attribute__((vector_size(16)));
                    floats values = __builtin_ia32_vcvtph2ps((halves) {(short) word, 0, 0, 0, 0, 0, 0, 0});
                    return values[0];
                #else
                GENERAL#endif
                """.replace("GENERAL", general);
        return prelude.function("half_of_bits", "static float half_of_bits(int word) {\n" + body + "}\n");
    }

    /** {@return the function that gives a half's bits as Java's short} */
    static String bits(Prelude prelude) {
        return prelude.function("bits_of_half", """
                static int bits_of_half(float x) {
                    ushort bits;
                    vstore_half_rte(x, 0, (half *) &bits);
                    return (short) bits;
                }
                """);
    }

    /** {@return the function that writes a float as a half whose two bytes begin at any address} */
    static String store(Prelude prelude, String space) {
        String name = "store_half" + space.substring(1);
        return prelude.function(name, """
                static void NAME(SPACE char *at, float x) {
                    ushort bits;
                    vstore_half_rte(x, 0, (half *) &bits);
                    at[0] = (char) bits;
                    at[1] = (char) (bits >> 8);
                }
                """.replace("NAME", name).replace("SPACE", space));
    }
}
