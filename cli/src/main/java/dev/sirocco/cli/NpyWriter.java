package dev.sirocco.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a matrix of 32-bit floats as a NumPy file, row by row. The file is either complete or absent: it grows under
 * another name beside its place and is renamed by {@link #finish}. Source: NumPy's format specification, version 1.0.
 */
final class NpyWriter implements AutoCloseable {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;

    private final String option;
    private final Path target;
    private final Path partial;
    private final FileChannel channel;
    private final int rows;
    private final ByteBuffer row;
    private int written;

    /**
     * Creates the file under its other name.
     *
     * @param option to name in messages, before the file
     * @throws CommandFailure when it cannot be written
     */
    NpyWriter(String option, Path path, int rows, int columns) {
        this.option = option;
        this.rows = rows;
        target = path.toAbsolutePath();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new CommandFailure(option + " " + path + ": is not a regular file; name another file");
        }
        partial = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
        row = ByteBuffer.allocate(Math.multiplyExact(columns, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        try {
            channel = FileChannel.open(
                    partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failure(e);
        }
        write(header(rows, columns));
    }

    private static ByteBuffer header(int rows, int columns) {
        String fields = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
        int unpadded = MAGIC.length + Short.BYTES + fields.length() + 1;
        int size = Math.ceilDiv(unpadded, ALIGNMENT) * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).putShort((short) (size - MAGIC.length - Short.BYTES));
        header.put((fields + " ".repeat(size - unpadded) + "\n").getBytes(StandardCharsets.US_ASCII));
        return header.flip();
    }

    /**
     * Writes the next row.
     *
     * @param values as many as there are columns
     * @throws CommandFailure when it cannot be written
     */
    void writeRow(float[] values) {
        row.clear().asFloatBuffer().put(values, 0, row.capacity() / Float.BYTES);
        write(row);
        written++;
    }

    private void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * Gives the file its name, replacing one that has it.
     *
     * @throws CommandFailure when that is not possible
     */
    void finish() {
        if (written != rows) {
            throw new IllegalStateException(written + " of " + rows + " rows were written");
        }
        try {
            channel.close();
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private CommandFailure failure(IOException e) {
        String reason = switch (e) {
            case NoSuchFileException _ -> "its folder does not exist; make it first";
            case AccessDeniedException _ -> "may not be written by this user; name another file";
            default -> "cannot be written: " + e.getMessage();
        };
        return new CommandFailure(option + " " + target + ": " + reason, e);
    }

    /** Removes what was written unless it was finished. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(partial);
        } catch (IOException _) {
            // What is left over has a name that says so; the command's own result matters more.
        }
    }
}
