package dev.sirocco.model.gguf;

import java.util.List;
import java.util.Objects;

/**
 * Where a tensor lies in its file, and what it holds.
 *
 * @param name      unique within the file
 * @param type      element type
 * @param dims      extents in the file's order, the contiguous one first: a matrix of {@code rows × columns} is
 *                  {@code [columns, rows]}
 * @param offset    of the first byte, from the beginning of the file; a multiple of the file's alignment
 * @param sizeBytes of the data, without padding
 */
public record GgufTensor(String name, GgmlType type, List<Long> dims, long offset, long sizeBytes) {
    public GgufTensor {
        Objects.requireNonNull(name, "name");
        dims = List.copyOf(dims);
        if (offset < 0 || sizeBytes != type.sizeBytes(dims)) {
            throw new IllegalArgumentException(
                    name + ": offset " + offset + ", " + sizeBytes + " bytes for " + type + dims);
        }
    }

    /** {@return the extent of dimension {@code index}, 1 for those that the tensor does not have} */
    public long dim(int index) {
        return index < dims.size() ? dims.get(index) : 1;
    }

    /** {@return weights in the tensor} */
    public long elementCount() {
        return sizeBytes / type.blockBytes() * type.blockSize();
    }

    /**
     * {@return one of the equal parts of a tensor, as a tensor of the same name}
     *
     * @param index along the last dimension, which the part does not have
     */
    public GgufTensor part(int index) {
        long bytes = sizeBytes / dims.getLast();
        return new GgufTensor(name, type, dims.subList(0, dims.size() - 1), offset + index * bytes, bytes);
    }
}
