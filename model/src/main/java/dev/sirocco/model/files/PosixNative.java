package dev.sirocco.model.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The four calls of the C library that map a read-only file copy-on-write. Constants are those that Linux and macOS
 * share; on other systems {@link #openReadOnly} refuses. Loaded only when a model file cannot be opened for writing.
 */
@SuppressWarnings("restricted")
final class PosixNative {
    private static final int O_RDONLY = 0;
    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_PRIVATE = 2;
    private static final long MAP_FAILED = -1;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    // int open(const char *path, int flags, ...)
    private static final MethodHandle OPEN = function(
            "open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(2));
    // int close(int fd)
    private static final MethodHandle CLOSE =
            function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    // void *mmap(void *addr, size_t length, int prot, int flags, int fd, off_t offset)
    private static final MethodHandle MMAP = function(
            "mmap",
            FunctionDescriptor.of(
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG),
            Linker.Option.captureCallState("errno"));
    // int munmap(void *addr, size_t length)
    private static final MethodHandle MUNMAP =
            function("munmap", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    // int getpagesize(void)
    private static final MethodHandle GETPAGESIZE =
            function("getpagesize", FunctionDescriptor.of(ValueLayout.JAVA_INT));

    private PosixNative() {}

    private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
    }

    /** {@return a descriptor, to be given to {@link #close}} */
    static int openReadOnly(Path path) throws IOException {
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            throw new IOException("the file is read-only, and this system maps weights only from files that it may open"
                    + " for writing; clear its read-only attribute (nothing is written)");
        }
        try (Arena call = Arena.ofConfined()) {
            MemorySegment state = call.allocate(CALL_STATE);
            int descriptor = (int) OPEN.invokeExact(state, call.allocateFrom(path.toString()), O_RDONLY);
            return check(descriptor, descriptor >= 0, "open", state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static MemorySegment mapPrivate(int descriptor, long offset, long size, Arena arena) throws IOException {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment state = call.allocate(CALL_STATE);
            long lead = offset % (int) GETPAGESIZE.invokeExact();
            long mappedSize = lead + size;
            MemorySegment mapped = (MemorySegment) MMAP.invokeExact(
                    state, MemorySegment.NULL, mappedSize, PROT_READ_WRITE, MAP_PRIVATE, descriptor, offset - lead);
            check(mapped, mapped.address() != MAP_FAILED, "mmap of " + size + " bytes", state);
            return mapped.reinterpret(mappedSize, arena, PosixNative::unmap).asSlice(lead, size);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void close(int descriptor) {
        try {
            int _ = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
            throw new AssertionError("close", e);
        }
    }

    private static void unmap(MemorySegment mapped) {
        try {
            int _ = (int) MUNMAP.invokeExact(mapped, mapped.byteSize());
        } catch (Throwable e) {
            throw new AssertionError("munmap", e);
        }
    }

    private static <T> T check(T result, boolean succeeded, String function, MemorySegment state) throws IOException {
        if (!succeeded) {
            throw new IOException(function + " failed with errno " + (int) ERRNO.get(state, 0L));
        }
        return result;
    }

    private static IOException unexpected(Throwable e) {
        return switch (e) {
            case IOException io -> io;
            case RuntimeException runtime -> throw runtime;
            case Error error -> throw error;
            default -> new IOException(e);
        };
    }
}
