package dev.sirocco.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks, before hours of work, that their result can be kept. */
final class NewFile {
    private NewFile() {}

    /**
     * Checks that a file can be made.
     *
     * @param replace   whether a file of that name may be replaced
     * @param sizeBytes of the file
     * @throws CommandFailure when it cannot
     */
    static void require(Path file, boolean replace, long sizeBytes) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new CommandFailure(file + ": is a directory; name a file in it");
        }
        if (Files.exists(file) && !replace) {
            throw new CommandFailure(file + ": exists already; --force replaces it");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new CommandFailure(file + ": its folder does not exist; make it first");
        }
        if (!Files.isWritable(folder)) {
            throw new CommandFailure(file + ": its folder may not be written by this user; name another file");
        }
        requireSpace(folder, sizeBytes);
    }

    /** Checks that a folder's device has room for so many bytes more. */
    static void requireSpace(Path folder, long sizeBytes) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < sizeBytes) {
                throw new CommandFailure(folder + ": has " + Printable.bytes(free) + " free, but "
                        + Printable.bytes(sizeBytes) + " are needed; free some, or name another folder");
            }
        } catch (IOException e) {
            throw new CommandFailure(folder + ": cannot be examined: " + e.getMessage(), e);
        }
    }
}
