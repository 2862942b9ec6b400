package dev.sirocco.model.gguf;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Makes a GGUF file, version 3: keys and tensors are named first, then {@link #write} streams them out. A file is
 * either complete or absent, also after a loss of power: it is written under another name beside its place, forced to
 * the device, and renamed at the end. When anything fails or the process is told to stop, it is removed.
 *
 * <p>Not safe for use by several threads.
 */
public final class GgufWriter {
    private static final int VERSION = 3;

    private final Map<String, GgufValue> values = new LinkedHashMap<>();
    private final Map<String, Pending> tensors = new LinkedHashMap<>();

    private record Pending(GgmlType type, List<Long> dims, TensorSource source) {
        long sizeBytes() {
            return type.sizeBytes(dims);
        }
    }

    /**
     * Adds a key. {@code general.alignment} is obeyed; without it, data is aligned to 32 bytes.
     *
     * @throws IllegalArgumentException when the key is there already, or the alignment is none
     */
    public GgufWriter put(String key, GgufValue value) {
        if (key.isEmpty() || values.putIfAbsent(key, value) != null) {
            throw new IllegalArgumentException("the metadata key '" + key + "' is empty or was already put");
        }
        if (key.equals(GgufParser.ALIGNMENT_KEY)
                && !(value instanceof GgufValue.Int alignment && GgufParser.isAlignment(alignment.value()))) {
            throw new IllegalArgumentException(key + " cannot be " + value);
        }
        return this;
    }

    /**
     * Adds a tensor.
     *
     * @param dims extents, the contiguous one first
     * @throws IllegalArgumentException when the name is taken, or the type has no such shape
     */
    public GgufWriter tensor(String name, GgmlType type, long[] dims, TensorSource source) {
        Pending tensor = new Pending(type, LongStream.of(dims).boxed().toList(), source);
        try {
            tensor.sizeBytes();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("tensor '" + name + "' " + e.getMessage(), e);
        }
        if (name.isEmpty() || tensors.putIfAbsent(name, tensor) != null) {
            throw new IllegalArgumentException("the tensor name '" + name + "' is empty or taken");
        }
        return this;
    }

    /**
     * Writes the file, replacing one of that name.
     *
     * @throws GgufException when it cannot be written, or a source gave another number of bytes than its tensor has
     */
    public void write(Path path) {
        Path target = path.toAbsolutePath();
        Path partial = target.resolveSibling("." + target.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".partial");
        try {
            partial.toFile().deleteOnExit();
            try (FileChannel channel =
                            FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    CountingStream out = new CountingStream(Channels.newOutputStream(channel))) {
                writeAll(path, out);
                out.flush();
                channel.force(true);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new GgufException(path, "cannot be written: " + reason(e), e);
        } finally {
            deleteQuietly(partial);
        }
    }

    private static String reason(IOException e) {
        String kind = e.getClass().getSimpleName().replace("Exception", "");
        return kind.equals("IO") ? e.getMessage() : kind + " (" + e.getMessage() + ")";
    }

    /** Finds nothing after success. A failure here would hide the one that matters. */
    private static void deleteQuietly(Path partial) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException _) {
            // The error being thrown says more than the remains do.
        }
    }

    private void writeAll(Path path, CountingStream out) throws IOException {
        int alignment = values.get(GgufParser.ALIGNMENT_KEY) instanceof GgufValue.Int value
                ? (int) value.value()
                : GgufParser.DEFAULT_ALIGNMENT;
        writeHeader(out, alignment);
        for (Map.Entry<String, Pending> entry : tensors.entrySet()) {
            long begin = out.count;
            entry.getValue().source().writeTo(out);
            long written = out.count - begin;
            if (written != entry.getValue().sizeBytes()) {
                throw new GgufException(
                        path,
                        "tensor '" + entry.getKey() + "' has "
                                + entry.getValue().sizeBytes() + " bytes, but its source gave " + written);
            }
            out.pad(alignment);
        }
    }

    private void writeHeader(CountingStream out, int alignment) throws IOException {
        out.write("GGUF".getBytes(StandardCharsets.US_ASCII));
        out.u32(VERSION);
        out.u64(tensors.size());
        out.u64(values.size());
        for (Map.Entry<String, GgufValue> entry : values.entrySet()) {
            out.string(entry.getKey());
            out.u32(entry.getValue().type().id());
            writeValue(out, entry.getValue());
        }
        long offset = 0;
        for (Map.Entry<String, Pending> entry : tensors.entrySet()) {
            Pending tensor = entry.getValue();
            out.string(entry.getKey());
            out.u32(tensor.dims().size());
            for (long dim : tensor.dims()) {
                out.u64(dim);
            }
            out.u32(tensor.type().id());
            out.u64(offset);
            offset += Math.ceilDiv(tensor.sizeBytes(), alignment) * (long) alignment;
        }
        out.pad(alignment);
    }

    private static void writeValue(CountingStream out, GgufValue value) throws IOException {
        switch (value) {
            case GgufValue.Int(GgufValueType type, long number) -> out.little(number, type.bytes());
            case GgufValue.Real(GgufValueType type, double number) ->
                out.little(
                        type == GgufValueType.F32
                                ? Float.floatToRawIntBits((float) number)
                                : Double.doubleToRawLongBits(number),
                        type.bytes());
            case GgufValue.Bool(boolean flag) -> out.write(flag ? 1 : 0);
            case GgufValue.Text(String text) -> out.string(text);
            case GgufValue.Packed packed -> {
                out.u32(packed.elementType().id());
                out.u64(packed.size());
                out.write(packed.bytes());
            }
            case GgufValue.Texts(List<String> texts) -> {
                out.u32(GgufValueType.STRING.id());
                out.u64(texts.size());
                for (String text : texts) {
                    out.string(text);
                }
            }
        }
    }

    /** Buffers small pieces, passes large ones on, and counts. */
    private static final class CountingStream extends OutputStream {
        private final BufferedOutputStream out;
        private long count;

        CountingStream(OutputStream out) {
            this.out = new BufferedOutputStream(out, 1 << 16);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }

        void little(long value, int bytes) throws IOException {
            write(
                    ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(value)
                            .array(),
                    0,
                    bytes);
        }

        void u32(int value) throws IOException {
            little(value, Integer.BYTES);
        }

        void u64(long value) throws IOException {
            little(value, Long.BYTES);
        }

        void string(String text) throws IOException {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            u64(utf8.length);
            write(utf8);
        }

        void pad(int alignment) throws IOException {
            write(new byte[(int) (Math.ceilDiv(count, alignment) * (long) alignment - count)]);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
