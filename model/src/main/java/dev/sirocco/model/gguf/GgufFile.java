package dev.sirocco.model.gguf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    private final Path path;
    private final Arena arena;
    private final MemorySegment bytes;
    private final PrivateMapping privateMapping;
    private final GgufParser.Header header;
    private final Map<String, GgufTensor> tensorsByName;

    private GgufFile(
            Path path, Arena arena, MemorySegment bytes, PrivateMapping privateMapping, GgufParser.Header header) {
        this.path = path;
        this.arena = arena;
        this.bytes = bytes;
        this.privateMapping = privateMapping;
        this.header = header;
        this.tensorsByName = HashMap.newHashMap(header.tensors().size());
        for (GgufTensor tensor : header.tensors()) {
            tensorsByName.put(tensor.name(), tensor);
        }
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws GgufException when it cannot be read, or is not a sound GGUF file
     */
    public static GgufFile open(Path path) {
        Arena arena = Arena.ofShared();
        try {
            if (Files.isDirectory(path)) {
                throw new GgufException(path, "is a directory; name the .gguf file in it");
            }
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw new GgufException(path, "is not a regular file, so it cannot be mapped; copy it to one");
            }
            MemorySegment bytes = map(path, arena);
            GgufParser.Header header = GgufParser.parse(path, bytes);
            return new GgufFile(path, arena, bytes, PrivateMapping.open(path), header);
        } catch (NoSuchFileException e) {
            arena.close();
            throw new GgufException(path, "does not exist", e);
        } catch (AccessDeniedException e) {
            arena.close();
            throw new GgufException(path, "may not be read by this user; change its permissions", e);
        } catch (IOException e) {
            arena.close();
            throw new GgufException(path, "cannot be read: " + e.getMessage(), e);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    private static MemorySegment map(Path path, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    public Path path() {
        return path;
    }

    /** {@return the file's version of the format, 2 or 3} */
    public int version() {
        return header.version();
    }

    public long sizeBytes() {
        return bytes.byteSize();
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
        return find(name).orElseThrow(() -> new GgufException(path, "lacks the tensor '" + name + "'"));
    }

    /** {@return a tensor's bytes, read-only, in the file's byte order; owned by this file} */
    public MemorySegment view(GgufTensor tensor) {
        return bytes.asSlice(check(tensor).offset(), tensor.sizeBytes());
    }

    /** {@return what {@link #mapPrivate(GgufTensor, long, Arena)} gives, owned by this file} */
    public MemorySegment mapPrivate(GgufTensor tensor, long headerBytes) {
        return mapPrivate(tensor, headerBytes, arena);
    }

    /**
     * Maps a tensor for use in place as an array of the task-graph API, which keeps a header in front of its elements
     * and writes to it. The mapping is private and copy-on-write: what is written stays in this segment, reaches
     * neither the file nor a neighbouring tensor whose bytes lie under the header, and costs one page of memory.
     * Unwritten pages are those of the system's file cache, shared by all processes.
     *
     * @param headerBytes  how many bytes before the data the segment begins; what they hold is undefined
     * @param segmentArena owner of the segment
     * @return {@code headerBytes + tensor.sizeBytes()} writable bytes, the data at offset {@code headerBytes}; their
     *     address is as aligned as the file's alignment and {@code headerBytes} together allow
     * @throws GgufException when the system refuses the mapping
     */
    public MemorySegment mapPrivate(GgufTensor tensor, long headerBytes, Arena segmentArena) {
        long begin = check(tensor).offset() - headerBytes;
        if (headerBytes < 0 || begin < 0) {
            throw new IllegalArgumentException(headerBytes + " header bytes before file offset " + tensor.offset());
        }
        try {
            return privateMapping.map(begin, headerBytes + tensor.sizeBytes(), segmentArena);
        } catch (IOException e) {
            throw new GgufException(
                    path, "tensor " + GgufException.quote(tensor.name()) + " cannot be mapped: " + e.getMessage(), e);
        }
    }

    private GgufTensor check(GgufTensor tensor) {
        if (!tensor.equals(tensorsByName.get(tensor.name()))) {
            throw new IllegalArgumentException(tensor + " is not a tensor of " + path);
        }
        return tensor;
    }

    /** Releases the mapping; a second call does nothing. Segments in arenas of the caller stay valid. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            privateMapping.close();
            arena.close();
        }
    }
}
