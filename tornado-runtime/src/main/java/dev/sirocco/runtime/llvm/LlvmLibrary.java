package dev.sirocco.runtime.llvm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;

/** Whether LLVM can be used in this process. */
public sealed interface LlvmLibrary {
    /** It is loaded, for the rest of the process; {@code host} compiles for the processor that this process runs on. */
    record Present(HostCompiler host) implements LlvmLibrary {}

    /** It is not there. {@code reason} says why and what to do. */
    record Absent(String reason) implements LlvmLibrary {}

    /** {@return LLVM, loaded at the first call} */
    static LlvmLibrary get() {
        return Holder.LIBRARY;
    }

    /**
     * {@return LLVM from a library file, or why not}
     *
     * @param file the library, of LLVM 20
     */
    @SuppressWarnings("restricted")
    static LlvmLibrary open(Path file) {
        try {
            SymbolLookup symbols = SymbolLookup.libraryLookup(file, Arena.global());
            return new Present(HostCompiler.create(new LlvmNative(symbols)));
        } catch (IllegalArgumentException unloadable) {
            return new Absent("LLVM cannot be loaded: " + LibraryFile.whyUnloadable(file));
        } catch (LlvmException refused) {
            return new Absent("LLVM in " + file + " cannot be used: " + refused.getMessage());
        }
    }

    /** Loads on first use, once. */
    final class Holder {
        private static final LlvmLibrary LIBRARY = load();

        private Holder() {}

        private static LlvmLibrary load() {
            try {
                return open(LibraryFile.find());
            } catch (IOException missing) {
                return new Absent("LLVM cannot be loaded: " + missing.getMessage());
            }
        }
    }
}
