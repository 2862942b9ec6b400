package dev.sirocco.runtime.bytecode;

import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Type.Scalar;

/** What is known of a kernel's argument when it is compiled: kernels are specialised for it. */
public sealed interface Argument {

    /** A scalar: a literal in the compiled code. {@code value} is a Long for integers, a Double for floats. */
    record Literal(Scalar type, Number value) implements Argument {}

    /** An array of a known element count. */
    record Elements(Type.Array type, int length) implements Argument {}

    /** The kernel context. */
    record Context() implements Argument {}

    /** {@return the type of the kernel parameter that this is given for} */
    default Type parameterType() {
        return switch (this) {
            case Literal literal -> literal.type;
            case Elements elements -> elements.type;
            case Context _ -> Type.Context.CONTEXT;
        };
    }
}
