package dev.sirocco.model.gguf;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and checks everything in front of the tensor data: header, keys and values, tensor descriptions. The limits are
 * far above any known model and keep a hostile file from filling the heap with many small objects.
 */
final class GgufParser {
    static final int DEFAULT_ALIGNMENT = 32;
    static final String ALIGNMENT_KEY = "general.alignment";
    static final int MAX_KEYS = 1 << 16;
    static final int MAX_TENSORS = 1 << 18;
    static final int MAX_ARRAY_STRINGS = 1 << 21;

    /** Key, its type and a byte of value. */
    private static final int MIN_ENTRY_BYTES = 8 + 4 + 1;
    /** Name of one byte, one dimension, type, offset. */
    private static final int MIN_TENSOR_BYTES = 8 + 1 + 4 + 8 + 4 + 8;

    private static final int MAX_ALIGNMENT = 1 << 24;

    private final GgufCursor cursor;
    private final MemorySegment bytes;
    private final Path file;
    private int arrayStrings;

    private GgufParser(Path file, MemorySegment bytes) {
        this.file = file;
        this.bytes = bytes;
        this.cursor = new GgufCursor(file, bytes);
    }

    /**
     * What precedes the data.
     *
     * @param dataOffset where the data begins, from the beginning of the file
     */
    record Header(int version, int alignment, long dataOffset, GgufMetadata metadata, List<GgufTensor> tensors) {}

    static Header parse(Path file, MemorySegment bytes) {
        return new GgufParser(file, bytes).header();
    }

    private Header header() {
        checkMagic();
        int version = version();
        int tensorCount = limited("the number of tensors", MIN_TENSOR_BYTES, MAX_TENSORS);
        int keyCount = limited("the number of metadata keys", MIN_ENTRY_BYTES, MAX_KEYS);
        GgufMetadata metadata = metadata(keyCount);
        int alignment = alignment(metadata);
        Map<String, TensorEntry> entries = tensorEntries(tensorCount, alignment);
        long dataOffset = Math.ceilDiv(cursor.position(), alignment) * (long) alignment;
        List<GgufTensor> tensors = new ArrayList<>(entries.size());
        for (Map.Entry<String, TensorEntry> entry : entries.entrySet()) {
            tensors.add(locate(entry.getKey(), entry.getValue(), dataOffset));
        }
        checkOverlap(tensors);
        return new Header(version, alignment, dataOffset, metadata, List.copyOf(tensors));
    }

    private void checkMagic() {
        if (bytes.byteSize() == 0) {
            throw new GgufException(file, "is empty; download it again");
        }
        byte[] start = cursor.bytes(Math.min(4, bytes.byteSize()), "the magic number");
        String magic = new String(start, StandardCharsets.ISO_8859_1);
        if (!magic.equals("GGUF")) {
            throw new GgufException(
                    file, "is not a GGUF file: it begins with " + GgufException.quote(magic) + remedyForMagic(magic));
        }
    }

    private static String remedyForMagic(String magic) {
        return switch (magic) {
            case "vers" -> ", as a Git LFS pointer does; fetch the file itself with git lfs pull";
            case "PK\u0003\u0004" -> ", a zip archive; unpack it or convert the checkpoint to GGUF";
            case "ggml", "lmgg", "ggjt", "tjgg", "fmgg" -> ", a format before GGUF; convert the model again";
            case "<!do", "<!DO", "<htm" -> ", a web page; download the file itself";
            default -> "; convert the model to GGUF";
        };
    }

    private int version() {
        long version = cursor.u32("the version");
        if (version == 2 || version == 3) {
            return (int) version;
        }
        if (Integer.reverseBytes((int) version) >= 1 && Integer.reverseBytes((int) version) <= 3) {
            throw cursor.fail(4, "the file is big-endian, which is not supported; convert the model as little-endian");
        }
        throw cursor.fail(
                4,
                "GGUF version " + version + " is not supported (2 and 3 are)"
                        + (version == 1 ? "; convert the model again" : ""));
    }

    private int limited(String what, long elementBytes, int limit) {
        long at = cursor.position();
        int count = cursor.count(what, elementBytes);
        if (count > limit) {
            throw cursor.fail(at, what + " is " + count + "; at most " + limit + " are supported");
        }
        return count;
    }

    private GgufMetadata metadata(int keyCount) {
        Map<String, GgufValue> values = new LinkedHashMap<>();
        for (int i = 0; i < keyCount; i++) {
            long at = cursor.position();
            String key = cursor.string("metadata key " + i);
            if (key.isEmpty()) {
                throw cursor.fail(at, "metadata key " + i + " is empty");
            }
            String what = "the metadata key " + GgufException.quote(key);
            if (values.put(key, value(what)) != null) {
                throw cursor.fail(at, what + " occurs twice");
            }
        }
        return new GgufMetadata(file, values);
    }

    private GgufValue value(String what) {
        GgufValueType type = valueType(what);
        return switch (type) {
            case U8, I8, U16, I16, U32, I32, U64, I64, F32, F64 ->
                new GgufValue.Packed(type, cursor.bytes(type.bytes(), what)).get(0);
            case BOOL -> new GgufValue.Bool(bool(what));
            case STRING -> new GgufValue.Text(cursor.string(what));
            case ARRAY -> array(what);
        };
    }

    private GgufValue array(String what) {
        GgufValueType elementType = valueType(what);
        return switch (elementType) {
            case U8, I8, U16, I16, U32, I32, U64, I64, F32, F64 -> {
                int count = cursor.count("the length of " + what, elementType.bytes());
                yield new GgufValue.Packed(elementType, cursor.bytes((long) count * elementType.bytes(), what));
            }
            case BOOL -> {
                byte[] flags = new byte[cursor.count("the length of " + what, 1)];
                for (int i = 0; i < flags.length; i++) {
                    flags[i] = (byte) (bool(what) ? 1 : 0);
                }
                yield new GgufValue.Packed(elementType, flags);
            }
            case STRING -> {
                int count = limited("the length of " + what, Long.BYTES, MAX_ARRAY_STRINGS - arrayStrings);
                arrayStrings += count;
                List<String> strings = new ArrayList<>(count);
                String element = "a string of " + what;
                for (int i = 0; i < count; i++) {
                    strings.add(cursor.string(element));
                }
                yield new GgufValue.Texts(strings);
            }
            case ARRAY -> throw cursor.fail(cursor.position(), what + " is an array of arrays, which is not supported");
        };
    }

    private GgufValueType valueType(String what) {
        long at = cursor.position();
        long id = cursor.u32("the type of " + what);
        return GgufValueType.ofId(id)
                .orElseThrow(
                        () -> cursor.fail(at, what + " has the unknown value type " + id + " (0 to 12 are known)"));
    }

    private boolean bool(String what) {
        long at = cursor.position();
        int value = cursor.u8(what);
        if (value > 1) {
            throw cursor.fail(at, what + " is a bool of value " + value + "; it can be 0 or 1");
        }
        return value == 1;
    }

    private int alignment(GgufMetadata metadata) {
        long alignment = metadata.getLong(ALIGNMENT_KEY, DEFAULT_ALIGNMENT);
        if (!isAlignment(alignment)) {
            throw new GgufException(
                    file,
                    ALIGNMENT_KEY + " is " + alignment + "; it must be a power of two from 8 to " + MAX_ALIGNMENT);
        }
        return (int) alignment;
    }

    static boolean isAlignment(long alignment) {
        return alignment >= 8 && alignment <= MAX_ALIGNMENT && Long.bitCount(alignment) == 1;
    }

    /**
     * A tensor as described, before it is known where the data begins.
     *
     * @param at where the description stands in the file
     */
    private record TensorEntry(long at, GgmlType type, List<Long> dims, long relativeOffset) {}

    private GgufTensor locate(String name, TensorEntry entry, long dataOffset) {
        long sizeBytes = sizeBytes(name, entry);
        long dataBytes = Math.max(0, bytes.byteSize() - dataOffset);
        long relativeOffset = entry.relativeOffset();
        if (relativeOffset < 0 || relativeOffset > dataBytes || sizeBytes > dataBytes - relativeOffset) {
            throw cursor.fail(
                    entry.at(),
                    "tensor " + GgufException.quote(name) + " has " + sizeBytes
                            + " bytes at data offset " + Long.toUnsignedString(relativeOffset) + ", but the file has "
                            + dataBytes
                            + " bytes of data (truncated file? download it again)");
        }
        return new GgufTensor(name, entry.type(), entry.dims(), dataOffset + relativeOffset, sizeBytes);
    }

    private long sizeBytes(String name, TensorEntry entry) {
        try {
            return entry.type().sizeBytes(entry.dims());
        } catch (IllegalArgumentException e) {
            throw cursor.fail(entry.at(), "tensor " + GgufException.quote(name) + " " + e.getMessage());
        }
    }

    private Map<String, TensorEntry> tensorEntries(int count, int alignment) {
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            long at = cursor.position();
            String name = cursor.string("the name of tensor " + i);
            if (name.isEmpty()) {
                throw cursor.fail(at, "the name of tensor " + i + " is empty");
            }
            if (entries.put(name, tensorEntry(at, "tensor " + GgufException.quote(name), alignment)) != null) {
                throw cursor.fail(at, "tensor " + GgufException.quote(name) + " occurs twice");
            }
        }
        return entries;
    }

    private TensorEntry tensorEntry(long at, String what, int alignment) {
        long dimCount = cursor.u32(what);
        if (dimCount < 1 || dimCount > GgmlType.MAX_DIMS) {
            throw cursor.fail(
                    at, what + " has " + dimCount + " dimensions; 1 to " + GgmlType.MAX_DIMS + " are possible");
        }
        List<Long> dims = new ArrayList<>();
        for (int d = 0; d < dimCount; d++) {
            dims.add(cursor.u64(what));
        }
        long typeId = cursor.u32(what);
        GgmlType type = GgmlType.ofId(typeId)
                .orElseThrow(() -> cursor.fail(at, what + " has the unknown element type " + typeId));
        long offset = cursor.u64(what);
        if (offset % alignment != 0) {
            throw cursor.fail(
                    at,
                    what + " has the data offset " + Long.toUnsignedString(offset)
                            + ", not a multiple of the alignment " + alignment);
        }
        return new TensorEntry(at, type, List.copyOf(dims), offset);
    }

    private void checkOverlap(List<GgufTensor> tensors) {
        List<GgufTensor> byOffset = new ArrayList<>(tensors);
        byOffset.sort(Comparator.comparingLong(GgufTensor::offset));
        for (int i = 1; i < byOffset.size(); i++) {
            GgufTensor before = byOffset.get(i - 1);
            GgufTensor tensor = byOffset.get(i);
            if (before.offset() + before.sizeBytes() > tensor.offset()) {
                throw new GgufException(
                        file,
                        "tensors " + GgufException.quote(before.name()) + " and " + GgufException.quote(tensor.name())
                                + " overlap at byte " + tensor.offset());
            }
        }
    }
}
