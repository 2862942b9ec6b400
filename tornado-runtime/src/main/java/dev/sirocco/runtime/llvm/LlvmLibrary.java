package dev.sirocco.runtime.llvm;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

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

    /** Loads on first use, once. */
    final class Holder {
        private static final LlvmLibrary LIBRARY = load();

        private Holder() {}

        @SuppressWarnings("restricted")
        private static LlvmLibrary load() {
            try {
                Path file = file();
                SymbolLookup symbols = SymbolLookup.libraryLookup(file, Arena.global());
                return new Present(HostCompiler.create(new LlvmNative(symbols)));
            } catch (IOException | IllegalArgumentException | LlvmException | LinkageError problem) {
                return new Absent("LLVM cannot be loaded: " + problem.getMessage());
            }
        }

        /** {@return the library's file: the system property sirocco.llvm, or unpacked from the class path} */
        private static Path file() throws IOException {
            String chosen = System.getProperty("sirocco.llvm", "");
            if (!chosen.isEmpty()) {
                return Path.of(chosen);
            }
            Properties build = new Properties();
            try (InputStream in = LlvmLibrary.class.getResourceAsStream("llvm.properties")) {
                build.load(in);
            }
            String platform = build.getProperty("platform");
            String name = System.mapLibraryName("LLVM");
            Path cached = CacheFolder.path()
                    .resolve("llvm-" + build.getProperty("version") + "-" + platform)
                    .resolve(name);
            if (!Files.exists(cached)) {
                unpack("/org/bytedeco/llvm/" + platform + "/" + name, cached);
            }
            return cached;
        }

        private static void unpack(String resource, Path file) throws IOException {
            try (InputStream in = LlvmLibrary.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IOException("there is no " + resource + " on the class path for "
                            + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                            + "; add org.bytedeco:llvm with this platform's classifier, or set -Dsirocco.llvm to an"
                            + " LLVM 20 library");
                }
                CacheFolder.write(file, in);
            } catch (IOException problem) {
                throw new IOException(problem.getMessage() + " (unpacking to " + file + "; -Dsirocco.cache sets another"
                        + " folder)");
            }
        }
    }
}
