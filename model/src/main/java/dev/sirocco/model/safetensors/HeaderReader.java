package dev.sirocco.model.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sirocco.model.files.ModelFileException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads and checks a file's header: its length in 64 bits, then JSON that maps names to type, shape and place. The
 * limits are far above any known model and keep a hostile file from filling the heap. Source: the format's description
 * in the safetensors repository.
 */
final class HeaderReader {
    /** The largest that the format's own reader takes. */
    static final long MAX_HEADER_BYTES = 100_000_000;

    static final int MAX_TENSORS = 1 << 18;
    private static final int MAX_DIMS = 8;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final String METADATA = "__metadata__";
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNumberLength(20)
                    .build())
            .build();

    private final Path file;
    private final long dataOffset;
    private final long dataBytes;
    private final List<StoredTensor> tensors = new ArrayList<>();

    private HeaderReader(Path file, long dataOffset, long dataBytes) {
        this.file = file;
        this.dataOffset = dataOffset;
        this.dataBytes = dataBytes;
    }

    /** {@return the tensors, each of which lies in the file, and on no other} */
    static List<StoredTensor> read(Path file, MemorySegment bytes) {
        if (bytes.byteSize() < Long.BYTES + 2) {
            throw new ModelFileException(
                    file, "is no safetensors file: it has " + bytes.byteSize() + " bytes; download it again");
        }
        long headerBytes = bytes.get(LONG, 0);
        if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES || bytes.get(ValueLayout.JAVA_BYTE, Long.BYTES) != '{') {
            throw new ModelFileException(
                    file,
                    "is no safetensors file: it does not begin with the length of a header of at most "
                            + MAX_HEADER_BYTES / 1_000_000 + " MB and the header" + remedy(bytes));
        }
        if (headerBytes > bytes.byteSize() - Long.BYTES) {
            throw new ModelFileException(
                    file,
                    "has a header of " + headerBytes + " bytes, but " + bytes.byteSize()
                            + " bytes in all (truncated? download it again)");
        }
        long dataOffset = Long.BYTES + headerBytes;
        byte[] header = bytes.asSlice(Long.BYTES, headerBytes).toArray(ValueLayout.JAVA_BYTE);
        return new HeaderReader(file, dataOffset, bytes.byteSize() - dataOffset).read(header);
    }

    private static String remedy(MemorySegment bytes) {
        String start =
                new String(bytes.asSlice(0, Long.BYTES).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
        return start.equals("version ")
                ? "; it is a Git LFS pointer: fetch the file itself with git lfs pull"
                : "; download it again";
    }

    private List<StoredTensor> read(byte[] header) {
        try (JsonParser json = JSON.createParser(header)) {
            expect(json, json.nextToken(), JsonToken.START_OBJECT, "the header");
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals(METADATA)) {
                    json.skipChildren();
                } else {
                    tensors.add(tensor(json, name));
                }
                if (tensors.size() > MAX_TENSORS) {
                    throw problem("more than " + MAX_TENSORS + " tensors are not supported");
                }
            }
            if (json.nextToken() != null) {
                throw problem("something follows the object");
            }
        } catch (IOException e) {
            throw new ModelFileException(file, "has a header that is not sound JSON: " + shown(e), e);
        }
        tensors.sort(Comparator.comparingLong(StoredTensor::offset).thenComparingLong(StoredTensor::sizeBytes));
        refuseOverlap();
        return List.copyOf(tensors);
    }

    private static String shown(IOException e) {
        String message =
                e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
        return ModelFileException.quote(message);
    }

    private StoredTensor tensor(JsonParser json, String name) throws IOException {
        String what = "tensor " + ModelFileException.quote(name);
        expect(json, json.currentToken(), JsonToken.START_OBJECT, what);
        ElementType type = null;
        List<Long> shape = null;
        List<Long> range = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "dtype" -> type = type(json, what);
                case "shape" -> shape = numbers(json, what + " (shape)", MAX_DIMS);
                case "data_offsets" -> range = numbers(json, what + " (data_offsets)", 2);
                default -> throw problem(what + " has the unknown field " + ModelFileException.quote(field));
            }
        }
        if (type == null || shape == null || range == null || range.size() != 2) {
            throw problem(what + " lacks its dtype, shape or two data_offsets");
        }
        long begin = range.getFirst();
        long end = range.getLast();
        if (begin > end || end > dataBytes) {
            throw problem(what + " lies at data bytes " + begin + " to " + end + ", but the file has " + dataBytes
                    + " bytes of data (truncated? download it again)");
        }
        if (end - begin != sizeBytes(type, shape, what)) {
            throw problem(what + " is " + type + " " + shape + ", but has " + (end - begin) + " bytes");
        }
        return new StoredTensor(name, type, shape, dataOffset + begin, end - begin);
    }

    private ElementType type(JsonParser json, String what) throws IOException {
        expect(json, json.currentToken(), JsonToken.VALUE_STRING, what + " (dtype)");
        String name = json.getText();
        return ElementType.ofName(name)
                .orElseThrow(() ->
                        problem(what + " has the type " + ModelFileException.quote(name) + ", which is not supported"));
    }

    private List<Long> numbers(JsonParser json, String what, int most) throws IOException {
        expect(json, json.currentToken(), JsonToken.START_ARRAY, what);
        List<Long> numbers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
            long number = json.getLongValue();
            if (number < 0 || numbers.size() == most) {
                throw problem(what + " has a negative number, or more than " + most + " of them");
            }
            numbers.add(number);
        }
        return numbers;
    }

    private long sizeBytes(ElementType type, List<Long> shape, String what) {
        try {
            long bytes = type.bytes();
            for (long extent : shape) {
                bytes = Math.multiplyExact(bytes, extent);
            }
            return bytes;
        } catch (ArithmeticException e) {
            throw problem(what + " has the shape " + shape + ", more than 2^63 bytes");
        }
    }

    private void refuseOverlap() {
        for (int i = 1; i < tensors.size(); i++) {
            StoredTensor before = tensors.get(i - 1);
            StoredTensor tensor = tensors.get(i);
            if (before.offset() + before.sizeBytes() > tensor.offset()) {
                throw problem("tensors " + ModelFileException.quote(before.name()) + " and "
                        + ModelFileException.quote(tensor.name()) + " overlap at byte " + tensor.offset());
            }
        }
    }

    private void expect(JsonParser json, JsonToken actual, JsonToken expected, String what) throws IOException {
        if (actual != expected) {
            throw problem(what + " is not described as the format demands, at header byte "
                    + json.currentTokenLocation().getByteOffset());
        }
    }

    private ModelFileException problem(String problem) {
        return new ModelFileException(file, "has a header that is not sound: " + problem);
    }
}
