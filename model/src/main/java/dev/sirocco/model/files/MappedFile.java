package dev.sirocco.model.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file whose bytes are used where they lie. Owns the mapping of the whole file and the segments of {@link
 * #mapPrivate(long, long)}; all become invalid on {@link #close()}. Safe for use by several threads; closing it while
 * another thread reads a segment fails in that thread.
 *
 * <p>A mapped file must not be truncated by another program while it is open; the operating system answers an access
 * beyond its new end with a fault that no reader can turn into a message.
 */
public final class MappedFile implements AutoCloseable {
    private final Path path;
    private final Arena arena;
    private final MemorySegment bytes;
    private final PrivateMapping privateMapping;

    private MappedFile(Path path, Arena arena, MemorySegment bytes, PrivateMapping privateMapping) {
        this.path = path;
        this.arena = arena;
        this.bytes = bytes;
        this.privateMapping = privateMapping;
    }

    /**
     * Maps a file.
     *
     * @throws ModelFileException when there is no such file, it is none that can be mapped, or it may not be read
     */
    public static MappedFile open(Path path) {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new ModelFileException(path, "is not a regular file, so it cannot be mapped; copy it to one");
        }
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            return new MappedFile(path, arena, bytes, PrivateMapping.open(path));
        } catch (IOException e) {
            arena.close();
            throw new ModelFileException(path, ModelFileException.reason(e), e);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    public Path path() {
        return path;
    }

    public long sizeBytes() {
        return bytes.byteSize();
    }

    /** {@return the whole file, read-only} */
    public MemorySegment bytes() {
        return bytes;
    }

    /** {@return what {@link #mapPrivate(long, long, Arena)} gives, owned by this file} */
    public MemorySegment mapPrivate(long offset, long size) throws IOException {
        return mapPrivate(offset, size, arena);
    }

    /**
     * Maps a part for writing. The mapping is copy-on-write: what is written stays in this segment, reaches neither the
     * file nor other segments, and costs a page of memory for each that is touched. Unwritten pages are those of the
     * system's file cache, shared by all processes.
     *
     * @param offset       of the first byte, which need not be aligned
     * @param segmentArena owner of the segment
     */
    public MemorySegment mapPrivate(long offset, long size, Arena segmentArena) throws IOException {
        return privateMapping.map(offset, size, segmentArena);
    }

    /** {@return new zeroed memory, owned by this file} */
    public MemorySegment allocate(long size, long alignment) {
        return arena.allocate(size, alignment);
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
