package dev.sirocco.model.safetensors;

import java.util.Optional;

/** The element types of a safetensors file whose elements are whole bytes, as the format's description names them. */
public enum ElementType {
    BOOL(1),
    U8(1),
    I8(1),
    F8_E4M3(1),
    F8_E5M2(1),
    F8_E8M0(1),
    I16(2),
    U16(2),
    F16(2),
    BF16(2),
    I32(4),
    U32(4),
    F32(4),
    F64(8),
    I64(8),
    U64(8);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** {@return bytes of an element} */
    public int bytes() {
        return bytes;
    }

    /** {@return the type of this name, empty when no type has it} */
    static Optional<ElementType> ofName(String name) {
        for (ElementType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
