package dev.sirocco.runtime.llvm;

import dev.sirocco.runtime.cache.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Where LLVM's library lies: in the user's cache folder, unpacked from the class path by the first process. */
final class LibraryFile {
    private LibraryFile() {}

    /**
     * {@return the file that the system property {@code sirocco.llvm} names, or the unpacked library} The class path is
     * not searched when the library was unpacked before: opening a jar of 150 MB takes longer than loading it.
     *
     * @throws IOException when it is not there, with what to do
     */
    static Path find() throws IOException {
        String chosen = System.getProperty("sirocco.llvm", "");
        if (!chosen.isEmpty()) {
            return Path.of(chosen);
        }
        Properties build = build();
        return find(build.getProperty("version"), build.getProperty("platform"), CacheFolder.path());
    }

    /** {@return LLVM's version that this program was built with} */
    static String version() {
        try {
            return build().getProperty("version");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Properties build() throws IOException {
        Properties build = new Properties();
        try (InputStream in = LibraryFile.class.getResourceAsStream("llvm.properties")) {
            build.load(in);
        }
        return build;
    }

    static Path find(String version, String platform, Path cache) throws IOException {
        String name = System.mapLibraryName("LLVM");
        Path file = cache.resolve("llvm-" + version + "-" + platform).resolve(name);
        if (!Files.exists(file)) {
            unpack("/org/bytedeco/llvm/" + platform + "/" + name, file);
        }
        return file;
    }

    private static void unpack(String resource, Path file) throws IOException {
        try (InputStream in = LibraryFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("there is no " + resource + " on the class path for "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                        + "; add org.bytedeco:llvm with this platform's classifier, or set -Dsirocco.llvm to an LLVM 20"
                        + " library");
            }
            try {
                CacheFolder.write(file, in);
            } catch (IOException unwritable) {
                throw new IOException("it cannot be unpacked to " + file + " (" + unwritable
                        + "); set -Dsirocco.cache to a folder that can be written to");
            }
        }
    }

    /** {@return the system's reason why a library cannot be loaded, which {@code SymbolLookup} does not tell} */
    @SuppressWarnings("restricted")
    static String whyUnloadable(Path file) {
        try {
            System.load(file.toAbsolutePath().toString());
            return file + " could not be opened at first; start again";
        } catch (UnsatisfiedLinkError reason) {
            return reason.getMessage();
        }
    }
}
