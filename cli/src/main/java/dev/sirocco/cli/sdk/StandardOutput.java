package dev.sirocco.cli.sdk;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * Standard output for this program alone. The SDK's libraries print their findings there, between our data: they are
 * given standard error in its place. POSIX systems only; elsewhere the two are mixed.
 */
public final class StandardOutput extends OutputStream {
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int EINTR = 4;
    private static final int EPIPE = 32;
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO_VALUE =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle write; // ssize_t write(int, const void *, size_t)
    private final int descriptor;
    private final MemorySegment buffer = Arena.global().allocate(BUFFER_BYTES);
    private final MemorySegment state = Arena.global().allocate(Linker.Option.captureStateLayout());

    private StandardOutput(MethodHandle write, int descriptor) {
        this.write = write;
        this.descriptor = descriptor;
    }

    /** {@return standard output as it was, after everything else that prints there has been led to standard error} */
    @SuppressWarnings("restricted")
    public static OutputStream takeFromNatives() {
        Linker linker = Linker.nativeLinker();
        SymbolLookup system = linker.defaultLookup();
        FunctionDescriptor dup = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        FunctionDescriptor dup2 = dup.appendArgumentLayouts(ValueLayout.JAVA_INT);
        FunctionDescriptor write = FunctionDescriptor.of(
                ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
        if (system.find("dup2").isEmpty()) {
            return new FileOutputStream(FileDescriptor.out);
        }
        try {
            int kept =
                    (int) linker.downcallHandle(system.findOrThrow("dup"), dup).invokeExact(STDOUT);
            int moved = (int)
                    linker.downcallHandle(system.findOrThrow("dup2"), dup2).invokeExact(STDERR, STDOUT);
            return kept < 0 || moved < 0
                    ? new FileOutputStream(FileDescriptor.out)
                    : new StandardOutput(linker.downcallHandle(system.findOrThrow("write"), write, ERRNO), kept);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, bytes.length);
        int done = 0;
        while (done < count) {
            int part = Math.min(BUFFER_BYTES, count - done);
            MemorySegment.copy(bytes, from + done, buffer, ValueLayout.JAVA_BYTE, 0, part);
            long written;
            try {
                written = (long) write.invokeExact(state, descriptor, buffer, (long) part);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
            int errno = written < 0 ? (int) ERRNO_VALUE.get(state, 0L) : 0;
            if (written < 0 && errno != EINTR) {
                throw new IOException(errno == EPIPE ? "Broken pipe" : "write: errno " + errno);
            }
            done += (int) Math.max(0, written);
        }
    }
}
