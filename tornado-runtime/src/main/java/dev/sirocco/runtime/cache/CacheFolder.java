package dev.sirocco.runtime.cache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where unpacked libraries and compiled kernels are kept between processes. Deleting it costs time, nothing else. */
public final class CacheFolder {
    private CacheFolder() {}

    /**
     * {@return the system property {@code sirocco.cache}, or {@code sirocco} in the user's cache folder} It may not
     * exist yet.
     */
    public static Path path() {
        String chosen = System.getProperty("sirocco.cache", "");
        if (!chosen.isEmpty()) {
            return Path.of(chosen);
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg != null && !xdg.isEmpty() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("sirocco");
    }

    /** Writes a file so that nobody ever sees a part of it; its folders are made. The stream is not closed. */
    public static void write(Path file, InputStream content) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
        try {
            Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
