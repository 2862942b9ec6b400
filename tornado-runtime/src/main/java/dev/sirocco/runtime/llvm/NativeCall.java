package dev.sirocco.runtime.llvm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls a native function of up to six integers or pointers that returns one or nothing. One method handle serves them
 * all, because each further signature costs some 10 ms when the process starts: what the function does not declare, it
 * does not read, in the calling conventions of x86-64 and AArch64 alike. Where it returns an {@code int} or nothing,
 * the upper or all bits of the result are undefined.
 */
public final class NativeCall {
    @SuppressWarnings("restricted")
    private static final MethodHandle HANDLE = Linker.nativeLinker()
            .downcallHandle(
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));

    private NativeCall() {}

    /** {@return the result of {@code function(a, b, c, d, e, f)}} */
    public static long call(MemorySegment function, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) HANDLE.invokeExact(function, a, b, c, d, e, f);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new AssertionError("a native function throws no checked exception", thrown);
        }
    }

    /** {@return the result of {@code function(a, b, c)}} */
    public static long call(MemorySegment function, long a, long b, long c) {
        return call(function, a, b, c, 0, 0, 0);
    }
}
