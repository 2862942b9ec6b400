package dev.sirocco.runtime.ir;

import dev.sirocco.runtime.ir.Type.Fragment;
import dev.sirocco.runtime.ir.Type.Scalar;
import java.util.Objects;

/** The typing rules of operations. */
final class Typing {
    private Typing() {}

    /** {@return what is wrong with the instruction's types, or null} */
    static String fault(Instruction instruction) {
        Value result = instruction.result();
        Type actual = result == null ? null : result.type();
        return switch (instruction.op()) {
            case Op.Constant(Scalar type, Number value) ->
                first(
                        check(actual == type, "the result must be " + type),
                        check(
                                type.isFloat() ? value instanceof Double : value instanceof Long,
                                "a Long or Double must hold the value"));
            case Op.Binary(Op.Binary.Kind kind, Value a, Value b) ->
                first(
                        check(
                                a.type().equals(b.type()) && a.type().equals(actual),
                                "operands and result differ in type"),
                        check(a.type() instanceof Scalar, "an array is no operand"),
                        check(fits(kind, a.type()), kind + " is not for " + a.type()));
            case Op.Unary(Op.Unary.Kind kind, Value a) ->
                first(
                        check(a.type().equals(actual), "operand and result differ in type"),
                        check(
                                a.type() instanceof Scalar s
                                        && (s == Scalar.F32
                                                || s == Scalar.F64
                                                || s.isInteger()
                                                        && (kind == Op.Unary.Kind.NEG || kind == Op.Unary.Kind.ABS)),
                                kind + " is not for " + a.type()));
            case Op.Compare(Op.Compare.Condition condition, Value a, Value b) ->
                first(
                        check(a.type().equals(b.type()) && a.type() instanceof Scalar, "operands differ in type"),
                        check(actual == Scalar.BOOL, "the result must be bool"));
            case Op.Select(Value condition, Value a, Value b) ->
                first(
                        check(condition.type() == Scalar.BOOL, "the condition must be bool"),
                        check(
                                a.type().equals(b.type()) && a.type().equals(actual),
                                "operands and result differ in type"));
            case Op.Convert(Scalar to, Value a) ->
                first(
                        check(actual == to && to != Scalar.BOOL, "the result must be " + to),
                        check(a.type() instanceof Scalar && a.type() != Scalar.BOOL, "the operand must be a number"));
            case Op.Load(Value array, Value index, Scalar as) ->
                first(element(array, index), check(actual == as && as != Scalar.BOOL, "the result must be " + as));
            case Op.Store(Value array, Value index, Value value) ->
                first(
                        element(array, index),
                        check(value.type() instanceof Scalar s && s != Scalar.BOOL, "the value must be a number"),
                        check(actual == null, "a store has no result"));
            case Op.Length(Value array) ->
                first(check(array.type() instanceof Type.Array, "no array"), check(actual == Scalar.I32, "not i32"));
            case Op.FloatBits(Value a) ->
                first(
                        check(actual == Scalar.F32 || actual == Scalar.F16, "the result must be f32 or f16"),
                        check(a.type() == Scalar.I32, "the bits must be i32"));
            case Op.HalfBits(Value a) ->
                first(
                        check(actual == Scalar.I32, "the result must be i32"),
                        check(a.type() == Scalar.F16, "the operand must be f16"));
            case Op.Tile tile -> fault(tile, actual);
            case Op.NewArray(Scalar element, int length, Type.Space space) ->
                first(
                        check(Objects.equals(actual, new Type.Array(element, space)), "the result must be that array"),
                        check(length > 0 && space != Type.Space.GLOBAL, "length or space"));
            case Op.ThreadId(Op.ThreadId.Kind kind, int dimension) ->
                first(
                        check(actual == Scalar.I32, "the result must be i32"),
                        check(dimension >= 0 && dimension < 3, "dimension " + dimension));
            case Op.Barrier _ -> check(actual == null, "a barrier has no result");
            case Op.ReadAhead(Value array, Value index, int _) -> element(array, index);
            case Op.AtomicAdd(Value array, Value index, Value amount) ->
                first(
                        element(array, index),
                        check(
                                array.type() instanceof Type.Array a && a.element() == amount.type(),
                                "the amount differs from the element"));
        };
    }

    private static String fault(Op.Tile tile, Type actual) {
        return switch (tile) {
            case Op.Tile.Fill(Value value) ->
                first(
                        check(actual == Fragment.SUMS, "the result must be a tile of sums"),
                        check(value.type() == Scalar.F32, "the value must be f32"));
            case Op.Tile.Load(Fragment kind, Value array, Value offset) ->
                first(
                        check(actual == kind && kind != Fragment.SUMS, "the result must be that tile"),
                        check(
                                array.type().equals(new Type.Array(Scalar.I32, Type.Space.LOCAL)),
                                "the array must be a local one of i32"),
                        check(offset.type() == Scalar.I32, "the offset must be i32"));
            case Op.Tile.MultiplyAdd(Value left, Value right, Value sums) ->
                first(
                        check(left.type() == Fragment.LEFT, "no left tile"),
                        check(right.type() == Fragment.RIGHT, "no right tile"),
                        check(sums.type() == Fragment.SUMS && actual == Fragment.SUMS, "no tile of sums"));
            case Op.Tile.Store(Value sums, Value array, Value row, Value column, Value stride) ->
                first(
                        check(actual == null, "a store has no result"),
                        check(sums.type() == Fragment.SUMS, "no tile of sums"),
                        check(
                                array.type().equals(new Type.Array(Scalar.F32, Type.Space.GLOBAL)),
                                "the array must be one of f32 in device memory"),
                        check(
                                row.type() == Scalar.I32 && column.type() == Scalar.I32 && stride.type() == Scalar.I32,
                                "row, column and stride must be i32"));
        };
    }

    private static boolean fits(Op.Binary.Kind kind, Type type) {
        Scalar scalar = (Scalar) type;
        return switch (kind) {
            case ADD, SUB, MUL, DIV, REM, MIN, MAX -> scalar != Scalar.BOOL && scalar != Scalar.F16;
            case AND, OR, XOR -> scalar.isInteger() || scalar == Scalar.BOOL;
            case SHL, SHR, USHR -> scalar.isInteger();
            case POW -> scalar == Scalar.F32 || scalar == Scalar.F64;
        };
    }

    private static String element(Value array, Value index) {
        return first(
                check(array.type() instanceof Type.Array, "no array"),
                check(index.type() == Scalar.I32, "the index must be i32"));
    }

    private static String check(boolean holds, String fault) {
        return holds ? null : fault;
    }

    private static String first(String... faults) {
        for (String fault : faults) {
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }
}
