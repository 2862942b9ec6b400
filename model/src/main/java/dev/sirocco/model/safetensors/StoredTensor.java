package dev.sirocco.model.safetensors;

import java.util.List;

/**
 * Where a tensor lies in its file, and what it holds.
 *
 * @param name      unique within the file
 * @param type      element type
 * @param shape     extents, the contiguous one last; empty for a single number
 * @param offset    of the first byte, from the beginning of the file; it need not be aligned
 * @param sizeBytes of the data
 */
public record StoredTensor(String name, ElementType type, List<Long> shape, long offset, long sizeBytes) {
    public StoredTensor {
        shape = List.copyOf(shape);
    }
}
