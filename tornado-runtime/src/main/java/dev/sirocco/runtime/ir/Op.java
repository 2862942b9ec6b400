package dev.sirocco.runtime.ir;

import java.util.List;

/** What an {@link Instruction} computes. Operands are values; everything else is part of the operation. */
public sealed interface Op {

    /** {@return the values that this operation reads, in order} */
    List<Value> operands();

    /** {@return this operation over other operands, given in the order of {@link #operands()}} */
    Op withOperands(List<Value> operands);

    /** A literal. {@code value} is a Long for integers and BOOL (0 or 1), a Double for floats (exact in the type). */
    record Constant(Type.Scalar type, Number value) implements Op {
        @Override
        public List<Value> operands() {
            return List.of();
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return this;
        }
    }

    /** Arithmetic on two values of one type; a shift's distance has the type of the shifted value. */
    record Binary(Kind kind, Value left, Value right) implements Op {
        /** DIV and REM truncate for integers; SHR keeps the sign, USHR does not; POW is for floats. */
        public enum Kind {
            ADD,
            SUB,
            MUL,
            DIV,
            REM,
            AND,
            OR,
            XOR,
            SHL,
            SHR,
            USHR,
            MIN,
            MAX,
            POW
        }

        @Override
        public List<Value> operands() {
            return List.of(left, right);
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return new Binary(kind, operands.get(0), operands.get(1));
        }
    }

    /** Arithmetic on one value; all but NEG and ABS are for floats. */
    record Unary(Kind kind, Value operand) implements Op {
        public enum Kind {
            NEG,
            ABS,
            SQRT,
            EXP,
            LOG,
            SIN,
            COS,
            TANH,
            FLOOR,
            CEIL
        }

        @Override
        public List<Value> operands() {
            return List.of(operand);
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return new Unary(kind, operands.get(0));
        }
    }

    /** Compares two values of one type; BOOL. With a NaN every condition but NE is false. */
    record Compare(Condition condition, Value left, Value right) implements Op {
        public enum Condition {
            EQ,
            NE,
            LT,
            LE,
            GT,
            GE
        }

        @Override
        public List<Value> operands() {
            return List.of(left, right);
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return new Compare(condition, operands.get(0), operands.get(1));
        }
    }

    /** {@code condition ? whenTrue : whenFalse}, both evaluated. */
    record Select(Value condition, Value whenTrue, Value whenFalse) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(condition, whenTrue, whenFalse);
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return new Select(operands.get(0), operands.get(1), operands.get(2));
        }
    }

    /**
     * Converts between scalars as Java does: integers are sign-extended or truncated, floats rounded to nearest even,
     * float to integer saturates with NaN as 0.
     */
    record Convert(Type.Scalar to, Value operand) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(operand);
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return new Convert(to, operands.get(0));
        }
    }

    /** The IEEE binary32 number whose bits an I32 has, F32; or the binary16 number of its lower half, F16. */
    record FloatBits(Value operand) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(operand);
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return new FloatBits(operands.get(0));
        }
    }

    /** The bits of an F16, as Java's short: I32. */
    record HalfBits(Value operand) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(operand);
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return new HalfBits(operands.get(0));
        }
    }

    /**
     * Reads an {@code as} from {@code array + index · element size}. The address is aligned to the array's element, not
     * to {@code as}: a byte array may hold half floats at any byte.
     */
    record Load(Value array, Value index, Type.Scalar as) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(array, index);
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return new Load(operands.get(0), operands.get(1), as);
        }
    }

    /** Writes {@code value} (of any scalar type, see {@link Load}) to {@code array + index · element size}. */
    record Store(Value array, Value index, Value value) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(array, index, value);
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return new Store(operands.get(0), operands.get(1), operands.get(2));
        }
    }

    /** The number of elements of an array, I32; specialisation replaces it by a constant. */
    record Length(Value array) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(array);
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return new Length(operands.get(0));
        }
    }

    /** A fixed-size array in PRIVATE or LOCAL space; private ones are zeroed as Java says. */
    record NewArray(Type.Scalar element, int length, Type.Space space) implements Op {
        @Override
        public List<Value> operands() {
            return List.of();
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return this;
        }
    }

    /**
     * Who is running, I32. {@code dimension} counts from 0 = x. In a function with a {@link Function#domain()}, GLOBAL
     * ids index the domain: dimension 0 is the outermost parallel loop.
     */
    record ThreadId(Kind kind, int dimension) implements Op {
        public enum Kind {
            GLOBAL,
            LOCAL,
            GROUP,
            GLOBAL_SIZE,
            LOCAL_SIZE
        }

        @Override
        public List<Value> operands() {
            return List.of();
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return this;
        }
    }

    /** Waits for the work-group and orders its accesses to the given space. */
    record Barrier(Type.Space space) implements Op {
        @Override
        public List<Value> operands() {
            return List.of();
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return this;
        }
    }

    /** Adds atomically to {@code array[index]}; I32 or I64; no result. */
    record AtomicAdd(Value array, Value index, Value amount) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(array, index, amount);
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return new AtomicAdd(operands.get(0), operands.get(1), operands.get(2));
        }
    }

    /**
     * Says that the memory {@code bytes} behind {@code array + index · element size} is going to be read, which may be
     * outside of the array. It changes nothing but the time that reading takes; no result.
     */
    record ReadAhead(Value array, Value index, int bytes) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(array, index);
        }

        @Override
        public Op withOperands(List<Value> operands) {
            return new ReadAhead(operands.get(0), operands.get(1), bytes);
        }
    }

    /**
     * What the 32 work-items of a warp do together, with tiles of which each has a {@link Type.Fragment}: all of them
     * reach it, with the same operands but for {@link Fill}.
     */
    sealed interface Tile extends Op {
        /** SUMS that are all {@code value}, F32. */
        record Fill(Value value) implements Tile {
            @Override
            public List<Value> operands() {
                return List.of(value);
            }

            @Override
            public Op withOperands(List<Value> operands) {
                return new Fill(operands.get(0));
            }
        }

        /**
         * The LEFT or RIGHT tile, row by row without gaps, that begins {@code byteOffset} bytes (I32, a multiple of
         * 16) into a local array of I32.
         */
        record Load(Type.Fragment kind, Value array, Value byteOffset) implements Tile {
            @Override
            public List<Value> operands() {
                return List.of(array, byteOffset);
            }

            @Override
            public Op withOperands(List<Value> operands) {
                return new Load(kind, operands.get(0), operands.get(1));
            }
        }

        /** SUMS: {@code left · right + sums}. */
        record MultiplyAdd(Value left, Value right, Value sums) implements Tile {
            @Override
            public List<Value> operands() {
                return List.of(left, right, sums);
            }

            @Override
            public Op withOperands(List<Value> operands) {
                return new MultiplyAdd(operands.get(0), operands.get(1), operands.get(2));
            }
        }

        /** Writes SUMS to an array of F32 in device memory, a matrix with {@code stride} elements in a row. */
        record Store(Value sums, Value array, Value row, Value column, Value stride) implements Tile {
            @Override
            public List<Value> operands() {
                return List.of(sums, array, row, column, stride);
            }

            @Override
            public Op withOperands(List<Value> operands) {
                return new Store(operands.get(0), operands.get(1), operands.get(2), operands.get(3), operands.get(4));
            }
        }
    }
}
