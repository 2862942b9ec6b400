package dev.sirocco.runtime.codegen.opencl;

/**
 * A variable of the C text. Variables are told apart by identity.
 *
 * @param name   unique in its kernel
 * @param type   what stands before the name in its declaration
 * @param suffix what stands after it: the size of an array
 */
record Variable(String name, String type, String suffix) {
    /** {@return the declaration, without a semicolon} */
    String declaration() {
        return type + " " + name + suffix;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return name;
    }
}
