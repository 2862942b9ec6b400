package dev.sirocco.runtime.opencl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How functions of OpenCL are called: all arguments are integers or pointers, so that one method handle of as many
 * {@code long}s as the longest declaration serves them all. What a function does not declare, it does not read.
 */
class OpenClCalls {
    /** The most arguments that a function used here has. */
    private static final int ARGUMENTS = 9;

    private static final long MAX_INFO_BYTES = 1L << 30;
    private static final int MAX_HANDLES = 1 << 12;

    @SuppressWarnings("restricted")
    private static final MethodHandle HANDLE = Linker.nativeLinker()
            .downcallHandle(FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                    JAVA_LONG));

    private final SymbolLookup library;
    private final String subject;
    private final Map<String, MemorySegment> addresses = new ConcurrentHashMap<>();

    /** A query that writes at most {@code size} bytes or entries, and how many there are. */
    @FunctionalInterface
    interface Query {
        long run(long size, long value, long found);
    }

    /**
     * @param library the loader's functions
     * @param subject what functions are called for: begins the message of each failure
     */
    OpenClCalls(SymbolLookup library, String subject) {
        this.library = library;
        this.subject = subject;
    }

    final SymbolLookup library() {
        return library;
    }

    /** {@return what functions are called for} */
    final String subject() {
        return subject;
    }

    /**
     * {@return the address of a function}
     *
     * @throws OpenClException if the library does not have it
     */
    final MemorySegment address(String function) {
        return addresses.computeIfAbsent(
                function,
                name -> library.find(name)
                        .orElseThrow(() -> new OpenClException(subject, name + " is not in the library")));
    }

    final long call(String function, long... arguments) {
        long[] all = Arrays.copyOf(arguments, ARGUMENTS);
        return invoke(address(function), all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7], all[8]);
    }

    /** Calls without allocating anything. */
    static long invoke(MemorySegment function, long a, long b, long c, long d, long e, long f, long g, long h, long i) {
        try {
            return (long) HANDLE.invokeExact(function, a, b, c, d, e, f, g, h, i);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new AssertionError("a native function throws no checked exception", thrown);
        }
    }

    /** Fails when a {@code cl_int}, of whose register the upper half is undefined, is an error. */
    final void check(String function, long status) {
        if ((int) status != OpenClStatus.SUCCESS) {
            throw OpenClException.of(subject, function, (int) status);
        }
    }

    /** {@return the handle that a function makes} It reports failure through a pointer, which is given to it last. */
    final long created(String function, MemorySegment status, long... arguments) {
        long handle = call(function, arguments);
        check(function, status.get(JAVA_INT, 0));
        return handle;
    }

    /** {@return what a function tells about an object} */
    final byte[] info(String function, long object, int name) {
        return info(function, (size, value, found) -> call(function, object, name, size, value, found));
    }

    final byte[] info(String function, Query query) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = arena.allocate(JAVA_LONG);
            check(function, query.run(0, 0, found.address()));
            long size = found.get(JAVA_LONG, 0);
            if (size < 0 || size > MAX_INFO_BYTES) {
                throw new OpenClException(subject, function + " answers with " + size + " bytes");
            }
            MemorySegment value = arena.allocate(Math.max(1, size));
            if (size > 0) {
                check(function, query.run(size, value.address(), 0));
            }
            return value.asSlice(0, size).toArray(JAVA_BYTE);
        }
    }

    /** {@return the handles that a function lists} */
    final long[] handles(String function, Query query) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = arena.allocate(JAVA_INT);
            int status = (int) query.run(0, 0, found.address());
            if (status == OpenClStatus.DEVICE_NOT_FOUND || status == OpenClStatus.PLATFORM_NOT_FOUND) {
                return new long[0];
            }
            check(function, status);
            int count = Math.clamp(found.get(JAVA_INT, 0), 0, MAX_HANDLES);
            MemorySegment list = arena.allocate(JAVA_LONG, Math.max(1, count));
            if (count > 0) {
                check(function, query.run(count, list.address(), 0));
            }
            return list.asSlice(0, (long) count * Long.BYTES).toArray(JAVA_LONG);
        }
    }

    /** {@return a text as functions give it: with an end mark, often with blanks around it} */
    static String text(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8).strip();
    }
}
