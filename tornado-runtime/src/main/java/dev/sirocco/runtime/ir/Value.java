package dev.sirocco.runtime.ir;

/**
 * An SSA value: the result of an instruction, a block parameter or a function parameter.
 *
 * @param id   unique within its function
 * @param type its type
 * @param name the Java variable it came from, for reading only; may be empty
 */
public record Value(int id, Type type, String name) {
    /**
     * {@return the scalar type} Fails when this is an array or the context: the verifier rules that out where it
     * matters.
     */
    public Type.Scalar scalar() {
        return (Type.Scalar) type;
    }

    /** {@return the array type} Fails when this is no array. */
    public Type.Array array() {
        return (Type.Array) type;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value && value.id == id;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? "%" + id : "%" + name + "." + id;
    }
}
