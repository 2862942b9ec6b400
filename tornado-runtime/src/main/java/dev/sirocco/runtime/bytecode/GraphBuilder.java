package dev.sirocco.runtime.bytecode;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.ConstantFolding;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Terminator;
import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The blocks of a function while it is being lifted. One block is open at a time; its line is set by the lifter. */
final class GraphBuilder {
    private final List<Block> blocks = new ArrayList<>();
    private final Map<Value, Number> literals = new HashMap<>();
    private final Map<Value, Integer> lengths = new HashMap<>();
    private final JavaNames names = new JavaNames();
    private final Set<Class<?>> classes = new LinkedHashSet<>();
    private int nextValue;
    private int nextBlock;

    private int openId;
    private List<Value> openParameters = List.of();
    private List<Instruction> openBody;
    private int line;

    int newBlockId() {
        return nextBlock++;
    }

    Value newValue(Type type, String name) {
        return new Value(nextValue++, type, name);
    }

    void open(int id, List<Value> parameters) {
        openId = id;
        openParameters = List.copyOf(parameters);
        openBody = new ArrayList<>();
    }

    boolean isOpen() {
        return openBody != null;
    }

    void close(Terminator end) {
        blocks.add(new Block(openId, openParameters, openBody, end));
        openBody = null;
    }

    /** Notes that instructions come from a class. */
    void readFrom(Class<?> owner) {
        classes.add(owner);
    }

    /** {@return the classes that instructions come from} */
    Set<Class<?>> classes() {
        return classes;
    }

    void atLine(int sourceLine) {
        line = sourceLine;
    }

    int line() {
        return line;
    }

    /** Appends an operation, or a literal where its operands are literals. */
    Value emit(Type type, Op op) {
        Optional<Number> literal = ConstantFolding.fold(type, op, literals::get);
        Value result = newValue(type, "");
        if (literal.isPresent()) {
            literals.put(result, literal.get());
            openBody.add(new Instruction(result, new Op.Constant((Scalar) type, literal.get()), line));
        } else {
            openBody.add(new Instruction(result, op, line));
        }
        return result;
    }

    /** Notes the variable that a value is stored in; empty where it is not known. */
    void name(Value value, String variable) {
        names.put(value, variable);
    }

    /** Notes how many elements an array has. */
    void hasLength(Value array, int length) {
        lengths.put(array, length);
    }

    /** {@return the element count of an array; empty for a block parameter, which may stand for several} */
    Optional<Integer> length(Value array) {
        return Optional.ofNullable(lengths.get(array));
    }

    /** {@return the literal that a value is known to be} */
    Optional<Number> literal(Value value) {
        return Optional.ofNullable(literals.get(value));
    }

    void effect(Op op) {
        openBody.add(new Instruction(null, op, line));
    }

    Value constant(Scalar type, Number value) {
        return emit(type, new Op.Constant(type, value));
    }

    Value binary(Op.Binary.Kind kind, Value left, Value right) {
        return emit(left.type(), new Op.Binary(kind, left, right));
    }

    Value convert(Scalar to, Value operand) {
        return operand.type() == to ? operand : emit(to, new Op.Convert(to, operand));
    }

    List<Block> blocks() {
        return blocks.stream().map(names::apply).toList();
    }
}
