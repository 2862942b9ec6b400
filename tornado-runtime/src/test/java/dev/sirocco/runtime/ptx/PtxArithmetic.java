package dev.sirocco.runtime.ptx;

import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** Instructions in which each lane computes from its own registers. */
final class PtxArithmetic {
    private interface Ternary {
        long apply(long a, long b, long c);
    }

    private interface Reals {
        double apply(double a, double b);
    }

    private interface Comparison {
        boolean test(int order, boolean ordered);
    }

    private static final List<String> WHOLE = List.of("rni", "rzi", "rmi", "rpi");

    private PtxArithmetic() {}

    /**
     * {@return what an instruction does}
     *
     * @throws PtxFault when it is not known
     */
    static PtxOperation of(PtxInstruction i) {
        return switch (i.name()) {
            case "mov" -> move(i);
            case "cvta" -> unary(i, window(i));
            case "cvt" -> convert(i);
            case "neg", "abs", "not", "sqrt", "rcp" -> unary(i, oneOperand(i));
            case "add", "sub", "div", "rem", "min", "max", "and", "or", "xor", "shl", "shr", "copysign" ->
                binary(i, twoOperands(i, i.type()));
            case "mul" -> binary(i, product(i));
            case "mad", "fma" -> ternary(i, multiplyAdd(i));
            case "selp" -> ternary(i, (a, b, p) -> i.type().register(p != 0 ? a : b));
            case "setp" -> binary(i, compare(i));
            case "bfe" -> ternary(i, (a, from, count) -> field(i.type(), a, (int) from & 0xFF, (int) count & 0xFF));
            case "prmt" -> ternary(i, PtxArithmetic::permute);
            case "dp4a" -> ternary(i, (a, b, c) -> dots(i, a, b, c));
            default -> throw i.unknown();
        };
    }

    private static PtxOperation move(PtxInstruction i) {
        int[] to = i.slots(0);
        int[] from = i.slots(1);
        if (to.length > 1 && from.length > 1) {
            throw i.unknown();
        }
        int bits = i.type().bits();
        PtxType given = new PtxType('b', bits / from.length);
        PtxType taken = new PtxType('b', bits / to.length);
        return (warp, active) -> {
            for (int lane = 0; lane < PtxWarp.LANES; lane++) {
                if ((active >> lane & 1) != 0) {
                    long value = 0;
                    for (int k = 0; k < from.length; k++) {
                        value |= given.register(warp.get(from[k], lane)) << k * given.bits();
                    }
                    for (int k = 0; k < to.length; k++) {
                        warp.set(to[k], lane, taken.register(value >> k * taken.bits()));
                    }
                }
            }
        };
    }

    private static PtxOperation unary(PtxInstruction i, LongUnaryOperator operator) {
        int d = i.slot(0);
        int a = i.slot(1);
        return (warp, active) -> {
            long[] to = warp.lanes(d);
            long[] from = warp.lanes(a);
            for (int lane = 0; lane < PtxWarp.LANES; lane++) {
                if ((active >> lane & 1) != 0) {
                    to[lane] = operator.applyAsLong(from[lane]);
                }
            }
        };
    }

    private static PtxOperation binary(PtxInstruction i, LongBinaryOperator operator) {
        int d = i.slot(0);
        int a = i.slot(1);
        int b = i.slot(2);
        return (warp, active) -> {
            long[] to = warp.lanes(d);
            long[] left = warp.lanes(a);
            long[] right = warp.lanes(b);
            for (int lane = 0; lane < PtxWarp.LANES; lane++) {
                if ((active >> lane & 1) != 0) {
                    to[lane] = operator.applyAsLong(left[lane], right[lane]);
                }
            }
        };
    }

    private static PtxOperation ternary(PtxInstruction i, Ternary operator) {
        int d = i.slot(0);
        int a = i.slot(1);
        int b = i.slot(2);
        int c = i.slot(3);
        return (warp, active) -> {
            long[] to = warp.lanes(d);
            long[] first = warp.lanes(a);
            long[] second = warp.lanes(b);
            long[] third = warp.lanes(c);
            for (int lane = 0; lane < PtxWarp.LANES; lane++) {
                if ((active >> lane & 1) != 0) {
                    to[lane] = operator.apply(first[lane], second[lane], third[lane]);
                }
            }
        };
    }

    /** Addresses in memory of a kind become ones that name no kind, or the other way round. */
    private static LongUnaryOperator window(PtxInstruction i) {
        if (i.has("global")) {
            return a -> a;
        }
        long window = i.has("shared") ? PtxMemory.SHARED_WINDOW : PtxMemory.LOCAL_WINDOW;
        return i.has("to") ? a -> a & ~window : a -> a | window;
    }

    /** A result that is narrower than its register is extended as its type says. */
    private static PtxOperation convert(PtxInstruction i) {
        PtxType to = PtxType.of(i.parts().get(i.parts().size() - 2));
        PtxType from = i.type();
        if (i.has("sat") || i.has("ftz")) {
            throw i.unknown();
        }
        if (!from.isReal()) {
            if (to.isReal() && (!i.has("rn") || from.kind() == 'u' && from.bits() == Long.SIZE)) {
                throw i.unknown();
            }
            // a long that a half can hold is one that a float can hold
            return unary(
                    i,
                    !to.isReal()
                            ? a -> to.number(from.number(a))
                            : to.bits() == Long.SIZE
                                    ? a -> to.register((double) from.number(a))
                                    : a -> to.register((float) from.number(a)));
        }
        if (to.isReal()) {
            // widening is exact and says no rounding; a double must not become a half by way of a float
            boolean whole = to.equals(from) && WHOLE.stream().anyMatch(i::has);
            if (!whole
                    && to.bits() <= from.bits()
                    && (!i.has("rn") || from.bits() == Long.SIZE && to.bits() == Short.SIZE)) {
                throw i.unknown();
            }
            return unary(i, whole ? a -> to.register(whole(i, from.real(a))) : a -> to.register(from.real(a)));
        }
        if (!i.has("rzi") || to.kind() != 's' && to.bits() == Long.SIZE) {
            throw i.unknown();
        }
        long least = to.isSigned() ? -1L << to.bits() - 1 : 0;
        long most = to.isSigned() ? ~least : (1L << to.bits()) - 1;
        return unary(i, a -> Math.clamp((long) from.real(a), least, most));
    }

    /** {@return the whole number next to another, on the side that the instruction says} */
    private static double whole(PtxInstruction i, double a) {
        return i.has("rni") ? Math.rint(a) : i.has("rmi") || i.has("rzi") && a > 0 ? Math.floor(a) : Math.ceil(a);
    }

    private static LongUnaryOperator oneOperand(PtxInstruction i) {
        PtxType type = i.type();
        return switch (i.name()) {
            case "not" -> a -> type.register(~a);
            case "neg" -> type.isReal() ? a -> a ^ 1L << type.bits() - 1 : a -> type.register(-type.number(a));
            case "abs" ->
                type.isReal() ? a -> a & (1L << type.bits() - 1) - 1 : a -> type.register(Math.abs(type.number(a)));
            case "sqrt" -> rounded(i, a -> type.register(Math.sqrt(type.real(a))));
            default -> rounded(i, a -> type.register(1 / type.real(a)));
        };
    }

    private static <T> T rounded(PtxInstruction i, T operation) {
        if (!i.has("rn") || i.has("ftz") || i.has("sat")) {
            throw i.unknown();
        }
        return operation;
    }

    private static LongBinaryOperator twoOperands(PtxInstruction i, PtxType type) {
        if (type.isReal()) {
            return switch (i.name()) {
                case "add" -> reals(i, type, Double::sum);
                case "sub" -> reals(i, type, (a, b) -> a - b);
                case "div" -> reals(i, type, (a, b) -> a / b);
                case "min", "max" -> extreme(i, type);
                case "copysign" -> {
                    long sign = 1L << type.bits() - 1;
                    yield (a, b) -> a & sign | b & sign - 1;
                }
                default -> throw i.unknown();
            };
        }
        boolean isUnsignedLong = type.kind() != 's' && type.bits() == Long.SIZE;
        LongBinaryOperator numbers = switch (i.name()) {
            case "add" -> Long::sum;
            case "sub" -> (a, b) -> a - b;
            case "and" -> (a, b) -> a & b;
            case "or" -> (a, b) -> a | b;
            case "xor" -> (a, b) -> a ^ b;
            case "div" -> isUnsignedLong ? (a, b) -> Long.divideUnsigned(a, divisor(b)) : (a, b) -> a / divisor(b);
            case "rem" -> isUnsignedLong ? (a, b) -> Long.remainderUnsigned(a, divisor(b)) : (a, b) -> a % divisor(b);
            case "min" -> isUnsignedLong ? (a, b) -> Long.compareUnsigned(a, b) < 0 ? a : b : (a, b) -> Math.min(a, b);
            case "max" -> isUnsignedLong ? (a, b) -> Long.compareUnsigned(a, b) > 0 ? a : b : (a, b) -> Math.max(a, b);
            case "shl" -> (a, b) -> b >= type.bits() ? 0 : a << b;
            default ->
                type.isSigned() ? (a, b) -> a >> Math.min(b, Long.SIZE - 1) : (a, b) -> b >= type.bits() ? 0 : a >>> b;
        };
        if (i.name().equals("shl") || i.name().equals("shr")) {
            return (a, b) -> type.register(numbers.applyAsLong(type.number(a), b & 0xFFFF_FFFFL));
        }
        return (a, b) -> type.register(numbers.applyAsLong(type.number(a), type.number(b)));
    }

    private static long divisor(long b) {
        if (b == 0) {
            throw new PtxFault("divides by zero, of which PTX does not say what comes of it");
        }
        return b;
    }

    private static LongBinaryOperator reals(PtxInstruction i, PtxType type, Reals operator) {
        return rounded(i, (a, b) -> type.register(operator.apply(type.real(a), type.real(b))));
    }

    /** Without {@code NaN}, the operand that is a number is taken. */
    private static LongBinaryOperator extreme(PtxInstruction i, PtxType type) {
        boolean least = i.name().equals("min");
        boolean keepsNan = i.has("NaN");
        return (a, b) -> {
            double x = type.real(a);
            double y = type.real(b);
            if (!keepsNan && (Double.isNaN(x) || Double.isNaN(y))) {
                return type.register(Double.isNaN(x) ? y : x);
            }
            return type.register(least ? Math.min(x, y) : Math.max(x, y));
        };
    }

    private static LongBinaryOperator product(PtxInstruction i) {
        PtxType type = i.type();
        if (type.isReal()) {
            return reals(i, type, (a, b) -> a * b);
        }
        if (i.has("wide")) {
            PtxType wide = new PtxType(type.kind(), 2 * type.bits());
            return (a, b) -> wide.register(type.number(a) * type.number(b));
        }
        if (i.has("hi")) {
            return type.bits() < Long.SIZE
                    ? (a, b) -> type.register(type.number(a) * type.number(b) >>> type.bits())
                    : (a, b) -> type.isSigned() ? Math.multiplyHigh(a, b) : Math.unsignedMultiplyHigh(a, b);
        }
        return (a, b) -> type.register(type.number(a) * type.number(b));
    }

    private static Ternary multiplyAdd(PtxInstruction i) {
        PtxType type = i.type();
        if (type.isReal()) {
            return rounded(
                    i,
                    switch (type.bits()) {
                        case 32 ->
                            (a, b, c) -> type.register(
                                    Math.fma((float) type.real(a), (float) type.real(b), (float) type.real(c)));
                        case 64 -> (a, b, c) -> type.register(Math.fma(type.real(a), type.real(b), type.real(c)));
                        default -> throw i.unknown();
                    });
        }
        if (i.has("wide")) {
            PtxType wide = new PtxType(type.kind(), 2 * type.bits());
            return (a, b, c) -> wide.register(type.number(a) * type.number(b) + c);
        }
        if (!i.has("lo")) {
            throw i.unknown();
        }
        return (a, b, c) -> type.register(type.number(a) * type.number(b) + type.number(c));
    }

    private static LongBinaryOperator compare(PtxInstruction i) {
        PtxType type = i.type();
        if (i.parts().size() != 3) {
            throw i.unknown();
        }
        Comparison test = switch (i.parts().get(1)) {
            case "eq" -> (order, ordered) -> ordered && order == 0;
            case "ne" -> (order, ordered) -> ordered && order != 0;
            case "lt", "lo" -> (order, ordered) -> ordered && order < 0;
            case "le", "ls" -> (order, ordered) -> ordered && order <= 0;
            case "gt", "hi" -> (order, ordered) -> ordered && order > 0;
            case "ge", "hs" -> (order, ordered) -> ordered && order >= 0;
            case "equ" -> (order, ordered) -> !ordered || order == 0;
            case "neu" -> (order, ordered) -> !ordered || order != 0;
            case "ltu" -> (order, ordered) -> !ordered || order < 0;
            case "leu" -> (order, ordered) -> !ordered || order <= 0;
            case "gtu" -> (order, ordered) -> !ordered || order > 0;
            case "geu" -> (order, ordered) -> !ordered || order >= 0;
            case "num" -> (_, ordered) -> ordered;
            case "nan" -> (_, ordered) -> !ordered;
            default -> throw i.unknown();
        };
        if (type.isReal()) {
            return (a, b) -> {
                double x = type.real(a);
                double y = type.real(b);
                boolean ordered = !Double.isNaN(x) && !Double.isNaN(y);
                return test.test(x < y ? -1 : x > y ? 1 : 0, ordered) ? 1 : 0;
            };
        }
        return type.isSigned() || type.bits() < Long.SIZE
                ? (a, b) -> test.test(Long.compare(type.number(a), type.number(b)), true) ? 1 : 0
                : (a, b) -> test.test(Long.compareUnsigned(a, b), true) ? 1 : 0;
    }

    /** Bits past the end of the number are copies of its sign. */
    private static long field(PtxType type, long a, int from, int count) {
        if (count == 0) {
            return 0;
        }
        long number = type.number(a);
        long shifted =
                type.isSigned() ? number >> Math.min(from, Long.SIZE - 1) : from >= type.bits() ? 0 : number >>> from;
        int kept = Math.min(count, type.isSigned() ? Math.max(1, type.bits() - from) : Long.SIZE);
        return type.register(new PtxType(type.kind(), Math.min(kept, Long.SIZE)).number(shifted));
    }

    /** Each of the result's bytes is one of eight, or eight copies of its sign. */
    private static long permute(long a, long b, long selector) {
        long bytes = a & 0xFFFF_FFFFL | b << Integer.SIZE;
        long result = 0;
        for (int k = 0; k < Integer.BYTES; k++) {
            int choice = (int) (selector >> 4 * k) & 0xF;
            long chosen = bytes >> 8 * (choice & 7) & 0xFF;
            result |= (choice < 8 ? chosen : (byte) chosen >> 7 & 0xFF) << 8 * k;
        }
        return result;
    }

    private static long dots(PtxInstruction i, long a, long b, long c) {
        PtxType left = PtxType.of(i.parts().get(1).charAt(0) + "8");
        PtxType right = PtxType.of(i.parts().get(2).charAt(0) + "8");
        long sum = c;
        for (int k = 0; k < Integer.BYTES; k++) {
            sum += left.number(a >> 8 * k) * right.number(b >> 8 * k);
        }
        return sum & 0xFFFF_FFFFL;
    }
}
