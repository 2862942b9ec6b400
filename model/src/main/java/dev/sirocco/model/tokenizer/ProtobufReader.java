package dev.sirocco.model.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Walks through the fields of one message in protocol buffers' wire format. Whatever the bytes are, it reads none
 * outside of them and fails with {@link Malformed}. Source: the encoding's description at protobuf.dev.
 */
final class ProtobufReader {
    /** The bytes are not a message. */
    static final class Malformed extends Exception {
        Malformed(String problem) {
            super(problem);
        }
    }

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;
    private static final int MAX_VARINT_BYTES = 10;

    private final ByteBuffer bytes;
    private int field;
    private int wireType;

    /** @param bytes from its position to its limit */
    ProtobufReader(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Goes to the next field, which must then be read or skipped. {@return whether there is one} */
    boolean next() throws Malformed {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (tag >>> 3 == 0 || tag >>> 32 != 0) {
            throw problem("a field has no number");
        }
        return true;
    }

    /** {@return the current field's number} */
    int field() {
        return field;
    }

    /** {@return an integer, an enum or a bool} */
    long integer() throws Malformed {
        require(VARINT);
        return varint();
    }

    float real() throws Malformed {
        require(FIXED32);
        return take(Float.BYTES).getFloat();
    }

    String text() throws Malformed {
        ByteBuffer message = bytes();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(message)
                    .toString();
        } catch (CharacterCodingException _) {
            throw problem("a string is not UTF-8");
        }
    }

    /** {@return a message within this one} */
    ProtobufReader message() throws Malformed {
        return new ProtobufReader(bytes());
    }

    /** {@return the bytes of a string, a message or bytes} */
    ByteBuffer bytes() throws Malformed {
        require(LENGTH_DELIMITED);
        return take(varint());
    }

    void skip() throws Malformed {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> take(Long.BYTES);
            case LENGTH_DELIMITED -> bytes();
            case FIXED32 -> take(Integer.BYTES);
            default -> throw problem("field " + field + " is of wire type " + wireType + ", which is not known");
        }
    }

    private void require(int expected) throws Malformed {
        if (wireType != expected) {
            throw problem("field " + field + " is of wire type " + wireType + "; expected " + expected);
        }
    }

    private ByteBuffer take(long count) throws Malformed {
        if (count < 0 || count > bytes.remaining()) {
            throw problem("a field of " + Long.toUnsignedString(count) + " bytes begins where only " + bytes.remaining()
                    + " follow");
        }
        ByteBuffer taken = bytes.slice(bytes.position(), (int) count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + (int) count);
        return taken;
    }

    private long varint() throws Malformed {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES && bytes.hasRemaining(); i++) {
            byte next = bytes.get();
            value |= (next & 0x7fL) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        throw problem("an integer does not end");
    }

    private Malformed problem(String text) {
        return new Malformed(text + ", at byte " + bytes.position() + " of " + bytes.limit());
    }
}
