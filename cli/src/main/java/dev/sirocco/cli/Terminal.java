package dev.sirocco.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Asks the C library whether a stream is a terminal: {@code System.console()} cannot tell standard error's case. */
final class Terminal {
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private Terminal() {}

    static boolean isStandardError() {
        return isTerminal(STANDARD_ERROR);
    }

    /** {@return whether a person types and reads: both input and output are terminals} */
    static boolean isDialogue() {
        return isStandardInput() && isTerminal(STANDARD_OUTPUT);
    }

    static boolean isStandardInput() {
        return isTerminal(STANDARD_INPUT);
    }

    @SuppressWarnings("restricted") // a call of the C library
    private static boolean isTerminal(int descriptor) {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> isatty = linker.defaultLookup()
                .find("isatty")
                .or(() -> linker.defaultLookup().find("_isatty"));
        if (isatty.isEmpty()) {
            return false;
        }
        try {
            // int isatty(int fd)
            return (int) linker.downcallHandle(
                                    isatty.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                            .invokeExact(descriptor)
                    != 0;
        } catch (Throwable e) {
            throw new AssertionError("isatty cannot throw", e);
        }
    }
}
