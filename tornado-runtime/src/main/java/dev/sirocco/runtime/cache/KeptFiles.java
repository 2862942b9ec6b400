package dev.sirocco.runtime.cache;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What earlier processes compiled, in the user's cache folder. A file is the SHA-256 of the code and then the code; its
 * name has the digest of everything that the code was made from. What cannot be read, or is not what was
 * written, counts as not there; what cannot be written is made again next time. Thread-safe, also between processes.
 */
public final class KeptFiles {
    /** A kernel takes a few KB; a model has a few dozen. */
    private static final int MOST_FILES = 4096;

    private static final int DIGEST_BYTES = 32;

    private final Path folder;
    private boolean trimmed;

    /** @param folder made when the first file is kept */
    public KeptFiles(Path folder) {
        this.folder = folder;
    }

    /** {@return the code that was kept under a name} */
    public Optional<byte[]> find(String name) {
        try {
            byte[] file = Files.readAllBytes(folder.resolve(name));
            if (file.length < DIGEST_BYTES) {
                return Optional.empty();
            }
            byte[] code = Arrays.copyOfRange(file, DIGEST_BYTES, file.length);
            boolean whole = Arrays.equals(Digest.of(code), Arrays.copyOf(file, DIGEST_BYTES));
            return whole ? Optional.of(code) : Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    /** Keeps code under a name, if the folder can be written to. */
    public void keep(String name, byte[] code) {
        try (SequenceInputStream content =
                new SequenceInputStream(new ByteArrayInputStream(Digest.of(code)), new ByteArrayInputStream(code))) {
            trimOnce();
            CacheFolder.write(folder.resolve(name), content);
        } catch (IOException unwritable) {
            // the next process compiles it again
        }
    }

    /** Deletes the older half of the files when there are too many. */
    private synchronized void trimOnce() throws IOException {
        if (trimmed || !Files.isDirectory(folder)) {
            return;
        }
        trimmed = true;
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        if (files.size() > MOST_FILES) {
            List<Path> oldestFirst = files.stream()
                    .sorted(Comparator.comparing(KeptFiles::lastModified))
                    .toList();
            for (Path old : oldestFirst.subList(0, files.size() / 2)) {
                Files.deleteIfExists(old);
            }
        }
    }

    private static FileTime lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
