package dev.sirocco.model.gguf;

import java.util.Locale;
import java.util.Optional;

/** The types of metadata values, numbered as in a file. */
public enum GgufValueType {
    U8(1),
    I8(1),
    U16(2),
    I16(2),
    U32(4),
    I32(4),
    F32(4),
    BOOL(1),
    STRING(0),
    ARRAY(0),
    U64(8),
    I64(8),
    F64(8);

    private final int bytes;

    GgufValueType(int bytes) {
        this.bytes = bytes;
    }

    /** {@return the type of this number in a file, empty when no type has it} */
    static Optional<GgufValueType> ofId(long id) {
        return id >= 0 && id < values().length ? Optional.of(values()[(int) id]) : Optional.empty();
    }

    /** {@return the type's number in a file} */
    int id() {
        return ordinal();
    }

    /** {@return bytes of one value, 0 when it depends on the value} */
    public int bytes() {
        return bytes;
    }

    boolean isInteger() {
        return switch (this) {
            case U8, I8, U16, I16, U32, I32, U64, I64 -> true;
            case F32, F64, BOOL, STRING, ARRAY -> false;
        };
    }

    boolean isReal() {
        return this == F32 || this == F64;
    }

    /** {@return the name as messages and listings show it, {@code u32}} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
