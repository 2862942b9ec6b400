package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.codegen.BitRow;
import dev.sirocco.runtime.codegen.ByteDots;
import dev.sirocco.runtime.codegen.ByteFactor;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.ValueNumbers;
import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Type.Space;
import dev.sirocco.runtime.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the values of a loop's body are when all its iterations are done at once. */
final class LaneRoles {
    /** Why a loop cannot be done at once; thrown and caught in this class only. */
    private static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        private Unfit() {
            super(null, null, false, false);
        }
    }

    /** What a value is in each iteration. */
    sealed interface Role {
        /** The same in all. */
        record Uniform() implements Role {}

        /** It grows by {@code step} from one to the next; only for addresses. */
        record Index(long step) implements Role {}

        /** An element of a vector. */
        record Lane() implements Role {}
    }

    private static final Role UNIFORM = new Role.Uniform();
    private static final Role LANE = new Role.Lane();

    private final Map<Value, Role> roles = new HashMap<>();
    private final Map<Value, Instruction> definitions;
    private final ByteDots dots;

    private LaneRoles(Value counter, Map<Value, Instruction> definitions, ByteDots dots) {
        this.definitions = definitions;
        this.dots = dots;
        roles.put(counter, new Role.Index(1));
    }

    /** {@return the roles, or null when the iterations of the loop cannot be done at once} */
    static LaneRoles of(
            Block body,
            Value counter,
            Launch launch,
            Function function,
            ByteDots dots,
            Map<Value, Instruction> definitions) {
        for (Block block : function.blocks()) {
            for (Edge edge : block.end().edges()) {
                if (block != body && edge.arguments().contains(counter)) {
                    return null;
                }
            }
        }
        LaneRoles roles = new LaneRoles(counter, definitions, dots);
        try {
            boolean stores = false;
            for (Instruction i : body.body()) {
                if (i.result() == null || !dots.isAbsorbed(i.result())) {
                    Role role = roles.role(i);
                    if (i.result() != null) {
                        roles.roles.put(i.result(), role);
                    }
                    stores |= i.op() instanceof Op.Store;
                }
            }
            boolean leaks = function.blocks().stream()
                    .filter(block -> block != body)
                    .flatMap(block -> block.body().stream())
                    .anyMatch(i -> i.op().operands().contains(counter) && !(i.op() instanceof Op.Compare));
            return stores && !leaks && isIndependent(body, function, launch) ? roles : null;
        } catch (Unfit unfit) {
            return null;
        }
    }

    /** {@return whether no iteration reads what another writes} */
    private static boolean isIndependent(Block body, Function function, Launch launch) {
        ValueNumbers numbers = new ValueNumbers(function);
        for (Instruction i : body.body()) {
            if (i.op() instanceof Op.Store store) {
                Value array = store.array();
                if (array.array().space() == Space.LOCAL
                        || array.array().space() == Space.GLOBAL
                                && !launch.isApart(function.parameters().indexOf(array))) {
                    return false;
                }
                for (Instruction other : body.body()) {
                    boolean elsewhere = other.op() instanceof Op.Load load
                                    && load.array().equals(array)
                                    && !numbers.sum(load.index()).equals(numbers.sum(store.index()))
                            || other.op() instanceof Op.Store second
                                    && second.array().equals(array)
                                    && !numbers.sum(second.index()).equals(numbers.sum(store.index()));
                    if (elsewhere) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    static boolean inBlock(Block block, Value value) {
        return block.body().stream().anyMatch(i -> value.equals(i.result()));
    }

    /** {@return what a value is; uniform when it comes from outside the loop} */
    Role of(Value value) {
        return roles.getOrDefault(value, UNIFORM);
    }

    boolean isLane(Value value) {
        return of(value) instanceof Role.Lane;
    }

    boolean isUniform(Value value) {
        return of(value) instanceof Role.Uniform;
    }

    private Role role(Instruction i) throws Unfit {
        ByteDots.Sum sum = i.result() == null ? null : dots.sum(i.result());
        if (sum != null) {
            return sum(sum);
        }
        List<Value> operands = i.op().operands();
        if (i.result() != null && operands.stream().allMatch(this::isUniform)) {
            check(!(i.op() instanceof Op.NewArray) && !(i.op() instanceof Op.Length));
            return UNIFORM;
        }
        return switch (i.op()) {
            case Binary binary -> binary(binary);
            case Op.Unary(Op.Unary.Kind kind, Value operand) -> {
                check(kind == Op.Unary.Kind.NEG && isLane(operand) && operand.type() == Scalar.F32);
                yield LANE;
            }
            case Op.Convert(Scalar to, Value operand) -> {
                check(isLane(operand) && operand.type() == Scalar.I32 && to == Scalar.F32);
                yield LANE;
            }
            case Op.Load(Value array, Value index, Scalar as) -> {
                check(isVectorElement(as) && array.array().element() == as && step(index) == 1);
                yield LANE;
            }
            case Op.Store(Value array, Value index, Value value) -> {
                check(isVectorElement(value.scalar())
                        && array.array().element() == value.type()
                        && step(index) == 1
                        && !(of(value) instanceof Role.Index));
                yield LANE;
            }
            case Op.Constant _,
                    Op.ThreadId _,
                    Op.Compare _,
                    Op.FloatBits _,
                    Op.HalfBits _,
                    Op.Tile _,
                    Op.Select _,
                    Op.Length _,
                    Op.NewArray _,
                    Op.Barrier _,
                    Op.AtomicAdd _,
                    Op.ReadAhead _ -> throw new Unfit();
        };
    }

    private Role sum(ByteDots.Sum sum) throws Unfit {
        boolean isLane = false;
        for (ByteDots.Dot dot : sum.dots()) {
            for (ByteFactor factor : List.of(dot.left(), dot.right())) {
                check(factor.load().array().array().space() == Space.GLOBAL);
                long step = step(factor.load().index());
                check(step == 0 || step == ByteDots.WIDTH);
                isLane |= step == ByteDots.WIDTH;
                check(factor.moved() == null);
                BitRow row = factor.row();
                check(row == null || step == ByteDots.WIDTH && isUniform(row.bits()) && !isLane(row.from()));
            }
        }
        for (Value addend : sum.addends()) {
            check(!(of(addend) instanceof Role.Index));
        }
        check(isLane);
        return LANE;
    }

    private Role binary(Binary binary) throws Unfit {
        Value left = binary.left();
        Value right = binary.right();
        if (isLane(left) || isLane(right)) {
            check(!(of(left) instanceof Role.Index) && !(of(right) instanceof Role.Index));
            check(isVectorElement(left.scalar()));
            return switch (binary.kind()) {
                case ADD, SUB, MUL -> LANE;
                case DIV -> {
                    check(left.type() == Scalar.F32);
                    yield LANE;
                }
                case REM, AND, OR, XOR, SHL, SHR, USHR, MIN, MAX, POW -> throw new Unfit();
            };
        }
        check(left.type() == Scalar.I32);
        return switch (binary.kind()) {
            case ADD -> new Role.Index(step(left) + step(right));
            case SUB -> new Role.Index(step(left) - step(right));
            case MUL -> new Role.Index(isUniform(right) ? step(left) * literal(right) : step(right) * literal(left));
            case DIV, REM, AND, OR, XOR, SHL, SHR, USHR, MIN, MAX, POW -> throw new Unfit();
        };
    }

    private static boolean isVectorElement(Scalar scalar) {
        return scalar == Scalar.F32 || scalar == Scalar.I32;
    }

    private long step(Value index) throws Unfit {
        check(!isLane(index));
        return stepOf(index);
    }

    /** {@return how much an integer that is no lane grows from one iteration to the next} */
    long stepOf(Value index) {
        return switch (of(index)) {
            case Role.Uniform _ -> 0;
            case Role.Index(long step) -> step;
            case Role.Lane _ -> throw new IllegalStateException("a lane does not grow");
        };
    }

    private long literal(Value value) throws Unfit {
        Instruction definition = definitions.get(value);
        if (definition != null && definition.op() instanceof Op.Constant constant) {
            return constant.value().longValue();
        }
        throw new Unfit();
    }

    private static void check(boolean holds) throws Unfit {
        if (!holds) {
            throw new Unfit();
        }
    }
}
