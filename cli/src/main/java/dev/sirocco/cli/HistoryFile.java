package dev.sirocco.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where what a person typed in chats is kept: {@code $XDG_STATE_HOME/sirocco/chat-history}. */
final class HistoryFile {
    private HistoryFile() {}

    /** {@return the file, made readable by its owner alone; null when that is not possible, which is noted} */
    static Path prepare(Console console) {
        String state = System.getenv("XDG_STATE_HOME");
        Path base = state == null || !Path.of(state).isAbsolute()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state);
        Path file = base.resolve("sirocco").resolve("chat-history");
        try {
            Files.createDirectories(file.getParent());
            if (Files.notExists(file)) {
                Files.createFile(file);
                if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                }
            }
            return file;
        } catch (IOException e) {
            console.note("sirocco: warning: " + file + ": what is typed cannot be kept there: " + e.getMessage());
            return null;
        }
    }
}
