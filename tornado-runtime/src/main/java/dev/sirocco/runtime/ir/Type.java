package dev.sirocco.runtime.ir;

import java.util.Locale;

/** The type of a {@link Value}: a scalar, an array's base address, a tile of a matrix, or the kernel context. */
public sealed interface Type {

    /**
     * Scalars. {@code BOOL} is the result of a comparison and never lies in memory; {@code F16} is storage:
     * arithmetic on halves is arithmetic in F32 between conversions, which gives what half arithmetic gives.
     */
    enum Scalar implements Type {
        BOOL(0),
        I8(1),
        I16(2),
        I32(4),
        I64(8),
        F16(2),
        F32(4),
        F64(8);

        private final int sizeBytes;

        Scalar(int sizeBytes) {
            this.sizeBytes = sizeBytes;
        }

        /** {@return bytes in memory; 0 for BOOL} */
        public int sizeBytes() {
            return sizeBytes;
        }

        public boolean isFloat() {
            return this == F16 || this == F32 || this == F64;
        }

        public boolean isInteger() {
            return this == I8 || this == I16 || this == I32 || this == I64;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where an array lies: device memory, shared by a work-group, or one work-item's own. */
    enum Space {
        GLOBAL,
        LOCAL,
        PRIVATE
    }

    /** The base address of {@code element}s in a space. */
    record Array(Scalar element, Space space) implements Type {
        @Override
        public String toString() {
            return space.name().toLowerCase(Locale.ROOT) + " " + element + "[]";
        }
    }

    /** A work-item's part of a tile that its warp has: see {@link Op.Tile}. */
    enum Fragment implements Type {
        /** Of 16 × 16 halves: eight of them, two in each of four words. */
        LEFT,
        /** Of 16 × 8 halves: four of them, two in each of two words. */
        RIGHT,
        /** Of 16 × 8 sums: four F32. */
        SUMS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT) + " tile";
        }
    }

    /** The kernel context parameter; its uses become {@link Op.ThreadId}, barriers and local arrays when lifted. */
    enum Context implements Type {
        CONTEXT
    }
}
