package dev.sirocco.model.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes writable, copy-on-write mappings of a file that is never written to. Java makes them only from a channel that
 * is open for writing; for a file that this user may only read the operating system is asked directly.
 */
sealed interface PrivateMapping extends AutoCloseable {

    static PrivateMapping open(Path path) throws IOException {
        try {
            return new OfChannel(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (FileSystemException e) {
            return new OfDescriptor(PosixNative.openReadOnly(path));
        }
    }

    /** {@return {@code size} bytes of the file from {@code offset}, which need not be aligned} */
    MemorySegment map(long offset, long size, Arena arena) throws IOException;

    @Override
    void close();

    /** Through Java's own channel. */
    record OfChannel(FileChannel channel) implements PrivateMapping {
        @Override
        public MemorySegment map(long offset, long size, Arena arena) throws IOException {
            return channel.map(FileChannel.MapMode.PRIVATE, offset, size, arena);
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Through POSIX, from a descriptor that is open for reading. */
    record OfDescriptor(int descriptor) implements PrivateMapping {
        @Override
        public MemorySegment map(long offset, long size, Arena arena) throws IOException {
            return PosixNative.mapPrivate(descriptor, offset, size, arena);
        }

        @Override
        public void close() {
            PosixNative.close(descriptor);
        }
    }
}
