package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Type.Space;

/** Spells accesses of arrays. A half lies in memory as it is; everywhere else it is a float of equal value. */
final class Memory {
    private final Prelude prelude;
    private final OpenClTarget target;

    Memory(Prelude prelude, OpenClTarget target) {
        this.prelude = prelude;
        this.target = target;
    }

    /** {@return what is wrong with reading an array as another type, or null} */
    static String loadFault(Scalar element, Scalar as) {
        return element == Scalar.I8 && as == Scalar.I32 ? null : storeFault(element, as);
    }

    /** {@return what is wrong with writing to an array as another type, or null} */
    static String storeFault(Scalar element, Scalar as) {
        return element == as || element == Scalar.I8 && as == Scalar.F16
                ? null
                : "reading or writing " + as + " in an array of " + element;
    }

    /**
     * {@return what an array holds at an index}
     *
     * @param isEven whether the index is known to be even
     */
    Term load(Term array, Term index, Scalar element, Space space, Scalar as, boolean isEven) {
        if (as != Scalar.F16) {
            return element == as
                    ? at(array, index)
                    : Term.call("as_int", "vload4(0, " + array + " + " + index.within(Term.Level.PRODUCT) + ")");
        }
        String address = array.text() + " + " + index.within(Term.Level.PRODUCT);
        if (element != Scalar.F16 && !isEven) {
            return Term.call(Halves.load(prelude, target, CText.space(space)), address);
        }
        if (target.processor()) {
            String bits = element == Scalar.F16
                    ? "((const " + CText.space(space) + " ushort *) " + array + ")[" + index + "]"
                    : "*(const " + CText.space(space) + " ushort *) (" + address + ")";
            return Term.call(Halves.ofBits(prelude, target), bits);
        }
        return element == Scalar.F16
                ? Term.call("vload_half", index.text(), half(array, space))
                : Term.call("vload_half", "0", "(const " + CText.space(space) + " half *) (" + address + ")");
    }

    /** {@return the statement that writes a value} */
    String store(Term array, Term index, Term value, Scalar element, Space space, Scalar as) {
        if (as != Scalar.F16) {
            return at(array, index) + " = " + value.text() + ";";
        }
        if (element == Scalar.F16) {
            return "vstore_half_rte(" + value + ", " + index + ", " + half(array, space) + ");";
        }
        return Halves.store(prelude, CText.space(space)) + "(" + array + " + " + index.within(Term.Level.PRODUCT) + ", "
                + value + ");";
    }

    /** {@return the statement that has memory fetched} Only processors have use for it. */
    String readAhead(Term array, Term index, int bytes) {
        String name = prelude.function("read_ahead", """
                static void read_ahead(const __global void *at, int bytes) {
                #if defined(__clang__) && defined(__x86_64__)
                    __builtin_prefetch((const void *) (size_t) ((const __global char *) at + bytes), 0, 3);
                #endif
                }
                """);
        return name + "(" + array + " + " + index.within(Term.Level.PRODUCT) + ", " + bytes + ");";
    }

    private static String half(Term array, Space space) {
        return space == Space.GLOBAL ? array.text() : "(" + CText.space(space) + " half *) " + array;
    }

    private static Term at(Term array, Term index) {
        return Term.primary(array + "[" + index + "]");
    }

    /** {@return the statement that adds atomically} */
    String add(Term array, Term index, Term amount, Scalar element) {
        if (element == Scalar.I64) {
            prelude.extension("cl_khr_int64_base_atomics");
            return "atom_add(&" + at(array, index) + ", " + amount + ");";
        }
        return "atomic_add(&" + at(array, index) + ", " + amount + ");";
    }
}
