package dev.sirocco.runtime.hosted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that goes between programs. */
record WorkFile(Path path) implements AutoCloseable {
    static WorkFile empty(String suffix) {
        try {
            return new WorkFile(Files.createTempFile("sirocco-", suffix));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static WorkFile of(String suffix, byte[] content) {
        WorkFile file = empty(suffix);
        try {
            Files.write(file.path, content);
            return file;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String name() {
        return path.toString();
    }

    byte[] content() {
        try {
            return Files.readAllBytes(path);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            Files.delete(path);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
