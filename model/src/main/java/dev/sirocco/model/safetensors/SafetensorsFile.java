package dev.sirocco.model.safetensors;

import dev.sirocco.model.files.MappedFile;
import dev.sirocco.model.files.ModelFileException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * An open safetensors file. It is mapped, not read: opening one of any size costs the reading of its header. Owns the
 * mapping and the segments that it gives; all become invalid on {@link #close()}.
 */
public final class SafetensorsFile implements AutoCloseable {
    private final MappedFile mapped;
    private final List<StoredTensor> tensors;

    private SafetensorsFile(MappedFile mapped, List<StoredTensor> tensors) {
        this.mapped = mapped;
        this.tensors = tensors;
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws ModelFileException when it cannot be read, or is not a sound safetensors file
     */
    public static SafetensorsFile open(Path path) {
        MappedFile mapped = MappedFile.open(path);
        try {
            return new SafetensorsFile(mapped, HeaderReader.read(path, mapped.bytes()));
        } catch (Throwable e) {
            mapped.close();
            throw e;
        }
    }

    public Path path() {
        return mapped.path();
    }

    public long sizeBytes() {
        return mapped.sizeBytes();
    }

    /** {@return all tensors in the order of their data} */
    public List<StoredTensor> tensors() {
        return tensors;
    }

    /** {@return a tensor's bytes, read-only, little endian} */
    public MemorySegment view(StoredTensor tensor) {
        return mapped.bytes().asSlice(tensor.offset(), tensor.sizeBytes());
    }

    /**
     * Maps a tensor for use in place as an array of the task-graph API, which keeps a header in front of its elements
     * and writes to it; see {@link MappedFile#mapPrivate(long, long)}. The format does not align tensors, although
     * today's writers do: one whose elements would lie across their natural boundaries is copied.
     *
     * @param headerBytes how many bytes before the data the segment begins; what they hold is undefined
     * @return {@code headerBytes + tensor.sizeBytes()} writable bytes, the data at offset {@code headerBytes}
     * @throws ModelFileException when the system refuses the mapping
     */
    public MemorySegment mapPrivate(StoredTensor tensor, long headerBytes) {
        long begin = tensor.offset() - headerBytes;
        if (begin < 0 || tensor.offset() % tensor.type().bytes() != 0) {
            MemorySegment copy = mapped.allocate(headerBytes + tensor.sizeBytes(), Long.BYTES);
            MemorySegment.copy(view(tensor), 0, copy, headerBytes, tensor.sizeBytes());
            return copy;
        }
        try {
            return mapped.mapPrivate(begin, headerBytes + tensor.sizeBytes());
        } catch (IOException e) {
            throw new ModelFileException(
                    path(),
                    "tensor " + ModelFileException.quote(tensor.name()) + " cannot be mapped: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        mapped.close();
    }
}
