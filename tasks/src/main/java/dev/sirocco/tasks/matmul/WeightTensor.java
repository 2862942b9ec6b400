package dev.sirocco.tasks.matmul;

import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * A weight matrix where it lies, usually in the mapped file. Does not own the memory.
 *
 * @param name   for messages: the tensor's name in the file
 * @param format of the elements
 * @param rows   outputs of the product
 * @param cols   inputs of the product
 * @param data   an array of the format's type with exactly the matrix's bytes
 */
public record WeightTensor(String name, WeightFormat format, int rows, int cols, TornadoNativeArray data) {
    public WeightTensor {
        if (rows < 1 || cols < 1) {
            throw new IllegalArgumentException("tensor " + name + " has an impossible shape: " + rows + " × " + cols);
        }
        if (!format.arrayType().isInstance(data)) {
            throw new IllegalArgumentException("tensor " + name + " is " + format + ": it needs a "
                    + format.arrayType().getSimpleName() + ", not a "
                    + data.getClass().getSimpleName());
        }
        long expected = format.sizeBytes(rows, cols);
        if (expected / data.getElementSize() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("tensor " + name + " (" + rows + " × " + cols + ", " + format
                    + ") has more elements than the 2^31 − 1 that an array can index");
        }
        if (data.getNumBytesOfSegment() != expected) {
            throw new IllegalArgumentException("tensor " + name + " (" + rows + " × " + cols + ", " + format
                    + ") needs " + expected + " bytes but has " + data.getNumBytesOfSegment());
        }
    }
}
