package dev.sirocco.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes safetensors files, as the format is described. */
public final class SafetensorsBytes {
    private final StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    /** Adds a tensor behind those that are there. */
    public SafetensorsBytes tensor(String name, String type, byte[] bytes, long... shape) {
        header.append(",\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                .formatted(
                        name,
                        type,
                        Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(",")),
                        data.size(),
                        data.size() + bytes.length));
        data.writeBytes(bytes);
        return this;
    }

    /** {@return the file, its data aligned to 8 bytes} */
    public byte[] toByteArray() {
        String text = header + "}";
        return file(text + " ".repeat(Math.floorMod(-text.length(), 8)), data.toByteArray());
    }

    public Path write(Path file) {
        try {
            return Files.write(file, toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a file with any header} */
    public static byte[] file(String header, byte... data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data)
                .array();
    }
}
