package dev.sirocco.model.gguf;

import dev.sirocco.model.files.MappedFile;
import dev.sirocco.model.files.ModelFileException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An open GGUF file. It is mapped, not read: opening a model of any size costs the reading of its header.
 *
 * <p>Owns the mapping of the whole file and the segments of {@link #view} and of {@link #mapPrivate(GgufTensor, long)};
 * all become invalid on {@link #close()}. Safe for use by several threads; closing it while another thread reads a
 * segment fails in that thread.
 */
public final class GgufFile implements AutoCloseable {
    private final MappedFile mapped;
    private final GgufParser.Header header;
    private final Map<String, GgufTensor> tensorsByName;

    private GgufFile(MappedFile mapped, GgufParser.Header header) {
        this.mapped = mapped;
        this.header = header;
        this.tensorsByName = HashMap.newHashMap(header.tensors().size());
        for (GgufTensor tensor : header.tensors()) {
            tensorsByName.put(tensor.name(), tensor);
        }
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws ModelFileException when it cannot be read
     * @throws GgufException when it is not a sound GGUF file
     */
    public static GgufFile open(Path path) {
        if (Files.isDirectory(path)) {
            throw new GgufException(path, "is a directory; name the .gguf file in it");
        }
        MappedFile mapped = MappedFile.open(path);
        try {
            return new GgufFile(mapped, GgufParser.parse(path, mapped.bytes()));
        } catch (Throwable e) {
            mapped.close();
            throw e;
        }
    }

    public Path path() {
        return mapped.path();
    }

    /** {@return the file's version of the format, 2 or 3} */
    public int version() {
        return header.version();
    }

    public long sizeBytes() {
        return mapped.sizeBytes();
    }

    /** {@return what each tensor's offset is a multiple of, in bytes} */
    public int alignment() {
        return header.alignment();
    }

    /** {@return where the tensors' data begins, in bytes from the beginning of the file} */
    public long dataOffset() {
        return header.dataOffset();
    }

    public GgufMetadata metadata() {
        return header.metadata();
    }

    /** {@return all tensors in the file's order} */
    public List<GgufTensor> tensors() {
        return header.tensors();
    }

    public Optional<GgufTensor> find(String name) {
        return Optional.ofNullable(tensorsByName.get(name));
    }

    /**
     * {@return the tensor of this name}
     *
     * @throws GgufException when the file has none
     */
    public GgufTensor tensor(String name) {
        return find(name).orElseThrow(() -> new GgufException(path(), "lacks the tensor '" + name + "'"));
    }

    /** {@return a tensor's bytes, read-only, in the file's byte order; owned by this file} */
    public MemorySegment view(GgufTensor tensor) {
        return mapped.bytes().asSlice(check(tensor).offset(), tensor.sizeBytes());
    }

    /** {@return what {@link #mapPrivate(GgufTensor, long, Arena)} gives, owned by this file} */
    public MemorySegment mapPrivate(GgufTensor tensor, long headerBytes) {
        return map(tensor, headerBytes, mapped::mapPrivate);
    }

    /**
     * Maps a tensor for use in place as an array of the task-graph API, which keeps a header in front of its elements
     * and writes to it; see {@link MappedFile#mapPrivate(long, long, Arena)}. What is written does not reach a
     * neighbouring tensor whose bytes lie under the header.
     *
     * @param headerBytes  how many bytes before the data the segment begins; what they hold is undefined
     * @param segmentArena owner of the segment
     * @return {@code headerBytes + tensor.sizeBytes()} writable bytes, the data at offset {@code headerBytes}; their
     *     address is as aligned as the file's alignment and {@code headerBytes} together allow
     * @throws GgufException when the system refuses the mapping
     */
    public MemorySegment mapPrivate(GgufTensor tensor, long headerBytes, Arena segmentArena) {
        return map(tensor, headerBytes, (offset, size) -> mapped.mapPrivate(offset, size, segmentArena));
    }

    @FunctionalInterface
    private interface Mapping {
        MemorySegment map(long offset, long size) throws IOException;
    }

    private MemorySegment map(GgufTensor tensor, long headerBytes, Mapping mapping) {
        long begin = check(tensor).offset() - headerBytes;
        if (headerBytes < 0 || begin < 0) {
            throw new IllegalArgumentException(headerBytes + " header bytes before file offset " + tensor.offset());
        }
        try {
            return mapping.map(begin, headerBytes + tensor.sizeBytes());
        } catch (IOException e) {
            throw new GgufException(
                    path(), "tensor " + GgufException.quote(tensor.name()) + " cannot be mapped: " + e.getMessage(), e);
        }
    }

    private GgufTensor check(GgufTensor tensor) {
        GgufTensor whole = tensorsByName.get(tensor.name());
        boolean inside = whole != null
                && tensor.type() == whole.type()
                && tensor.offset() >= whole.offset()
                && tensor.sizeBytes() <= whole.sizeBytes() - (tensor.offset() - whole.offset());
        if (!inside) {
            throw new IllegalArgumentException(tensor + " is not a tensor of " + path());
        }
        return tensor;
    }

    /** Releases the mapping; a second call does nothing. */
    @Override
    public void close() {
        mapped.close();
    }
}
