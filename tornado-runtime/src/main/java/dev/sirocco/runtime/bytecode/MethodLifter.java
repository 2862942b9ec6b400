package dev.sirocco.runtime.bytecode;

import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Op.Compare;
import dev.sirocco.runtime.ir.Op.Compare.Condition;
import dev.sirocco.runtime.ir.Op.Unary;
import dev.sirocco.runtime.ir.Terminator;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Type.Space;
import dev.sirocco.runtime.ir.Value;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Interprets one method over symbolic values, appending to a shared graph. Calls of helpers recurse into another one.
 */
final class MethodLifter {
    /** Where a method's returns go: out of the kernel, or to the block after the call. */
    interface Returns {
        void at(Value valueOrNull);
    }

    private final GraphBuilder graph;
    private final Intrinsics intrinsics;
    private final Class<?> owner;
    private final String name;
    private final List<String> callers;
    private final MethodCode code;
    private final Returns returns;
    private final Frame state;
    private final Joins joins;
    private final List<Value> parallelLoops = new ArrayList<>();
    private int index;
    private int nextIndex;

    MethodLifter(GraphBuilder graph, Class<?> owner, MethodModel method, List<String> callers, Returns returns) {
        this.graph = graph;
        this.intrinsics = new Intrinsics(graph);
        this.owner = owner;
        this.name = owner.getSimpleName() + "." + method.methodName().stringValue();
        this.callers = callers;
        this.returns = returns;
        try {
            this.code = new MethodCode(method);
        } catch (Refusal refusal) {
            throw new KernelException(name, 0, refusal.getMessage());
        }
        this.state = new Frame(code.maxLocals());
        this.joins = new Joins(graph, code, state);
        if (!callers.isEmpty() && !code.parallelVariables().isEmpty()) {
            throw new KernelException(name, 0, "a helper has an @Parallel loop; only the kernel itself may");
        }
    }

    /** Interprets the whole method into the graph's open block. */
    void lift(List<Value> arguments) {
        int slot = 0;
        for (Value argument : arguments) {
            joins.setArgument(slot, argument);
            graph.name(argument, code.name(slot, 0));
            slot += argument.type() == Scalar.I64 || argument.type() == Scalar.F64 ? 2 : 1;
        }
        for (Instruction instruction : code.instructions()) {
            nextIndex = index + instruction.sizeInBytes();
            try {
                enterJoin();
                if (graph.isOpen()) {
                    graph.atLine(code.line(index));
                    interpret(instruction);
                }
            } catch (Refusal refusal) {
                throw new KernelException(name, code.line(index), refusal.getMessage());
            }
            index = nextIndex;
        }
    }

    /** {@return the induction variables of the {@code @Parallel} loops, outermost first} */
    List<Value> parallelLoops() {
        if (parallelLoops.size() != code.parallelVariables().size()) {
            throw new KernelException(name, 0, "@Parallel must annotate the variable of a for loop");
        }
        return parallelLoops;
    }

    private void enterJoin() {
        if (code.frame(index) == null) {
            return;
        }
        if (graph.isOpen()) {
            graph.close(new Terminator.Jump(joins.edgeTo(index)));
        }
        if (!joins.enter(index)) {
            return;
        }
        for (MethodCode.ParallelVariable variable : code.parallelVariables()) {
            if (variable.headerIndex() == index) {
                parallelLoops.add(state.local(variable.slot()));
            }
        }
    }

    private void interpret(Instruction instruction) {
        switch (instruction) {
            case ConstantInstruction constant -> constant(constant);
            case LoadInstruction load -> state.push(state.local(load.slot()));
            case StoreInstruction store -> {
                Operand stored = state.popAny();
                if (stored instanceof Operand.Of(Value value)) {
                    graph.name(value, code.name(store.slot(), nextIndex));
                }
                state.setLocal(store.slot(), stored);
            }
            case IncrementInstruction increment -> {
                Value step = graph.constant(Scalar.I32, (long) increment.constant());
                Value next = graph.binary(Binary.Kind.ADD, state.local(increment.slot()), step);
                graph.name(next, code.name(increment.slot(), index));
                state.setLocal(increment.slot(), new Operand.Of(next));
            }
            case OperatorInstruction operator -> operator(operator.opcode());
            case ConvertInstruction convert -> convert(convert.toType());
            case ArrayLoadInstruction _ -> {
                Value at = state.pop();
                Value array = WarpCalls.noTile(state.pop());
                state.push(intrinsics.load(array, at, array.array().element()));
            }
            case ArrayStoreInstruction _ -> {
                Value value = state.pop();
                Value at = state.pop();
                Value array = WarpCalls.noTile(state.pop());
                intrinsics.store(array, at, value, array.array().element());
            }
            case NewPrimitiveArrayInstruction array -> newArray(array.typeKind());
            case NewObjectInstruction object -> newObject(object.className().asSymbol());
            case FieldInstruction field -> field(field);
            case InvokeInstruction invoke -> invoke(invoke);
            case StackInstruction stack -> stack(stack.opcode());
            case BranchInstruction branch -> branch(branch);
            case TableSwitchInstruction table -> switchOn(table.cases(), code.index(table.defaultTarget()));
            case LookupSwitchInstruction lookup -> switchOn(lookup.cases(), code.index(lookup.defaultTarget()));
            case ReturnInstruction end -> returns.at(end.typeKind() == TypeKind.VOID ? null : state.pop());
            case NopInstruction _ -> {}
            default -> throw new Refusal(unsupported(instruction.opcode()));
        }
    }

    private static String unsupported(Opcode opcode) {
        return switch (opcode) {
            case ATHROW -> "throw: a device has no exceptions; check on the host before the task runs";
            case INVOKEDYNAMIC -> "a lambda or string: kernels work on numbers and arrays only";
            case CHECKCAST, INSTANCEOF -> "casts of objects: kernels work on numbers and arrays only";
            case MONITORENTER, MONITOREXIT -> "synchronized: use atomicAdd or a barrier";
            case ANEWARRAY, MULTIANEWARRAY -> "arrays of objects or arrays: use one flat array";
            default -> "the instruction " + opcode.name().toLowerCase(Locale.ROOT) + " has no meaning on a device";
        };
    }

    private void constant(ConstantInstruction instruction) {
        switch (instruction.constantValue()) {
            case Integer value -> state.push(graph.constant(Scalar.I32, value.longValue()));
            case Long value -> state.push(graph.constant(Scalar.I64, value));
            case Float value -> state.push(graph.constant(Scalar.F32, value.doubleValue()));
            case Double value -> state.push(graph.constant(Scalar.F64, value));
            default ->
                throw new Refusal("the constant " + instruction.constantValue() + ": kernels work on numbers only");
        }
    }

    private void operator(Opcode opcode) {
        switch (opcode) {
            case INEG, LNEG, FNEG, DNEG -> {
                Value operand = state.pop();
                state.push(graph.emit(operand.type(), new Unary(Unary.Kind.NEG, operand)));
            }
            case LCMP, FCMPG, DCMPG, FCMPL, DCMPL -> {
                Value right = state.pop();
                Value left = state.pop();
                state.push(new Operand.Comparison(left, right, opcode == Opcode.FCMPG || opcode == Opcode.DCMPG));
            }
            case ISHL, LSHL -> shift(Binary.Kind.SHL);
            case ISHR, LSHR -> shift(Binary.Kind.SHR);
            case IUSHR, LUSHR -> shift(Binary.Kind.USHR);
            case IADD, LADD, FADD, DADD -> binary(Binary.Kind.ADD);
            case ISUB, LSUB, FSUB, DSUB -> binary(Binary.Kind.SUB);
            case IMUL, LMUL, FMUL, DMUL -> binary(Binary.Kind.MUL);
            case IDIV, LDIV, FDIV, DDIV -> binary(Binary.Kind.DIV);
            case IREM, LREM, FREM, DREM -> binary(Binary.Kind.REM);
            case IAND, LAND -> binary(Binary.Kind.AND);
            case IOR, LOR -> binary(Binary.Kind.OR);
            case IXOR, LXOR -> binary(Binary.Kind.XOR);
            case ARRAYLENGTH -> state.push(intrinsics.length(WarpCalls.noTile(state.pop())));
            default -> throw new Refusal(unsupported(opcode));
        }
    }

    private void binary(Binary.Kind kind) {
        Value right = state.pop();
        Value left = state.pop();
        state.push(graph.binary(kind, left, right));
    }

    private void shift(Binary.Kind kind) {
        Value distance = state.pop();
        Value shifted = state.pop();
        state.push(graph.binary(kind, shifted, graph.convert(shifted.scalar(), distance)));
    }

    private void convert(TypeKind to) {
        Value operand = state.pop();
        Value result = switch (to) {
            case BYTE -> graph.convert(Scalar.I32, graph.convert(Scalar.I8, operand));
            case SHORT -> graph.convert(Scalar.I32, graph.convert(Scalar.I16, operand));
            case CHAR -> graph.binary(Binary.Kind.AND, operand, graph.constant(Scalar.I32, (long) Character.MAX_VALUE));
            case INT -> graph.convert(Scalar.I32, operand);
            case LONG -> graph.convert(Scalar.I64, operand);
            case FLOAT -> graph.convert(Scalar.F32, operand);
            case DOUBLE -> graph.convert(Scalar.F64, operand);
            case BOOLEAN, REFERENCE, VOID -> throw new Refusal("a conversion to " + to);
        };
        state.push(result);
    }

    private int literalLength(String what) {
        Value length = state.pop();
        return graph.literal(length)
                .orElseThrow(() -> new Refusal("the size of a " + what + " must be known when the kernel is compiled"))
                .intValue();
    }

    private void newArray(TypeKind kind) {
        Scalar element = switch (kind) {
            case BYTE -> Scalar.I8;
            case SHORT -> Scalar.I16;
            case INT -> Scalar.I32;
            case LONG -> Scalar.I64;
            case FLOAT -> Scalar.F32;
            case DOUBLE -> Scalar.F64;
            case BOOLEAN, CHAR, REFERENCE, VOID ->
                throw new Refusal("a private array of " + kind.upperBound().displayName());
        };
        state.push(intrinsics.newArray(element, literalLength("private array"), Space.PRIVATE));
    }

    private void newObject(ClassDesc type) {
        if (type.displayName().endsWith("Exception") || type.displayName().endsWith("Error")) {
            throw new Refusal(unsupported(Opcode.ATHROW));
        }
        if (!type.equals(KernelTypes.HALF_FLOAT)) {
            throw new Refusal("new " + type.displayName() + ": kernels work on numbers and arrays only");
        }
        state.push(new Operand.NewHalfFloat(index));
    }

    private void field(FieldInstruction field) {
        if (field.opcode() == Opcode.GETFIELD && field.owner().asSymbol().equals(KernelTypes.CONTEXT)) {
            state.pop();
            state.push(intrinsics
                    .contextField(field.name().stringValue())
                    .orElseThrow(() -> new Refusal("KernelContext." + field.name() + " is not supported")));
            return;
        }
        if (field.opcode() == Opcode.GETSTATIC && field.owner().asSymbol().equals(KernelTypes.MMA_SHAPE)) {
            state.push(intrinsics.shape(field.name().stringValue()));
            return;
        }
        throw new Refusal("the field " + field.owner().asSymbol().displayName() + "." + field.name()
                + ": pass it as an argument, or make it a constant (static final with a literal)");
    }

    private void invoke(InvokeInstruction invoke) {
        ClassDesc target = invoke.owner().asSymbol();
        String method = invoke.name().stringValue();
        int count = invoke.typeSymbol().parameterCount();
        if (invoke.opcode() == Opcode.INVOKESPECIAL) {
            construct(target, invoke);
            return;
        }
        if (method.startsWith("allocate") && count == 1 && target.equals(KernelTypes.CONTEXT)) {
            int length = literalLength("local array");
            state.pop();
            state.push(intrinsics
                    .localArray(target, method, length)
                    .orElseThrow(() -> new Refusal("KernelContext." + method + " is not supported")));
            return;
        }
        boolean isStatic = invoke.opcode() == Opcode.INVOKESTATIC;
        List<Value> arguments = state.pop(isStatic ? count : count + 1);
        Intrinsics.Outcome outcome = isStatic
                ? intrinsics.callStatic(target, method, invoke.typeSymbol(), arguments)
                : intrinsics.callVirtual(target, method, arguments);
        switch (outcome) {
            case Intrinsics.Outcome.Result(Value value) -> state.push(value);
            case Intrinsics.Outcome.Done _ -> {}
            case Intrinsics.Outcome.Unknown _ -> {
                if (!isStatic || target.packageName().startsWith("java.")) {
                    throw new Refusal(target.displayName() + "." + method + " cannot be called from a kernel");
                }
                inline(target, invoke, arguments);
            }
        }
    }

    private void construct(ClassDesc target, InvokeInstruction invoke) {
        boolean fromFloat = invoke.typeSymbol().descriptorString().equals("(F)V");
        if (!target.equals(KernelTypes.HALF_FLOAT) || !fromFloat) {
            throw new Refusal("the constructor of " + target.displayName()
                    + invoke.typeSymbol().displayDescriptor());
        }
        Value half = graph.convert(Scalar.F16, state.pop());
        if (state.popAny() instanceof Operand.NewHalfFloat site) {
            state.initialise(site, half);
        }
    }

    private void inline(ClassDesc target, InvokeInstruction invoke, List<Value> arguments) {
        String method = invoke.name().stringValue();
        String key = target.descriptorString() + method + invoke.typeSymbol().descriptorString();
        if (callers.contains(key)) {
            throw new Refusal("recursion through " + method + ": a device has no call stack; write a loop");
        }
        Class<?> helperOwner = KernelClass.load(target, owner)
                .orElseThrow(() -> new Refusal("the class " + target.displayName() + " cannot be found"));
        MethodModel helper = KernelClass.method(helperOwner, method, invoke.typeSymbol())
                .orElseThrow(() -> new Refusal(
                        "the method " + target.displayName() + "." + method + " cannot be found in its class"));
        graph.readFrom(helperOwner);
        Optional<Value> known = intrinsics.annotated(helper, arguments);
        if (known.isPresent()) {
            state.push(known.get());
            return;
        }
        List<String> inner = new ArrayList<>(callers);
        inner.add(key);
        int after = graph.newBlockId();
        List<Value> results = new ArrayList<>();
        List<Boolean> returned = new ArrayList<>();
        Returns toCaller = value -> {
            if (value != null && results.isEmpty()) {
                results.add(graph.newValue(value.type(), ""));
            }
            returned.add(true);
            graph.close(new Terminator.Jump(new Edge(after, value == null ? List.of() : List.of(value))));
        };
        new MethodLifter(graph, helperOwner, helper, inner, toCaller).lift(arguments);
        if (!returned.isEmpty()) {
            graph.open(after, results);
            results.forEach(state::push);
        }
    }

    private void stack(Opcode opcode) {
        switch (opcode) {
            case POP -> state.drop(1);
            case POP2 -> state.drop(2);
            case DUP -> state.duplicate(1, 0);
            case DUP_X1 -> state.duplicate(1, 1);
            case DUP_X2 -> state.duplicate(1, 2);
            case DUP2 -> state.duplicate(2, 0);
            case DUP2_X1 -> state.duplicate(2, 1);
            case DUP2_X2 -> state.duplicate(2, 2);
            case SWAP -> {
                Operand top = state.popAny();
                Operand under = state.popAny();
                state.push(top);
                state.push(under);
            }
            default -> throw new Refusal(unsupported(opcode));
        }
    }

    private void branch(BranchInstruction branch) {
        int target = code.index(branch.target());
        Opcode opcode = branch.opcode();
        if (opcode == Opcode.GOTO || opcode == Opcode.GOTO_W) {
            graph.close(new Terminator.Jump(joins.edgeTo(target)));
            return;
        }
        boolean swapped = false;
        Value condition;
        switch (opcode) {
            case IF_ICMPEQ -> condition = compare(Condition.EQ);
            case IF_ICMPNE -> condition = compare(Condition.NE);
            case IF_ICMPLT -> condition = compare(Condition.LT);
            case IF_ICMPGE -> condition = compare(Condition.GE);
            case IF_ICMPGT -> condition = compare(Condition.GT);
            case IF_ICMPLE -> condition = compare(Condition.LE);
            case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE -> {
                Condition wanted = Condition.valueOf(opcode.name().substring(2));
                Operand operand = state.popAny();
                if (operand instanceof Operand.Comparison(Value left, Value right, boolean nanIsGreater)) {
                    boolean isOrder = wanted != Condition.EQ && wanted != Condition.NE;
                    boolean isLess = wanted == Condition.LT || wanted == Condition.LE;
                    // A NaN must take the branch that the three-way result takes: ask the opposite question there.
                    swapped = isOrder && isLess != nanIsGreater;
                    condition = graph.emit(Scalar.BOOL, new Compare(swapped ? opposite(wanted) : wanted, left, right));
                } else {
                    state.push(operand);
                    state.push(graph.constant(Scalar.I32, 0L));
                    condition = compare(wanted);
                }
            }
            default -> throw new Refusal(unsupported(opcode));
        }
        Edge taken = joins.edgeTo(target);
        if (code.frame(nextIndex) != null) {
            Edge next = joins.edgeTo(nextIndex);
            graph.close(
                    swapped
                            ? new Terminator.Branch(condition, next, taken)
                            : new Terminator.Branch(condition, taken, next));
            return;
        }
        int fallThrough = graph.newBlockId();
        Edge next = new Edge(fallThrough, List.of());
        graph.close(
                swapped
                        ? new Terminator.Branch(condition, next, taken)
                        : new Terminator.Branch(condition, taken, next));
        graph.open(fallThrough, List.of());
    }

    private static Condition opposite(Condition condition) {
        return switch (condition) {
            case EQ -> Condition.NE;
            case NE -> Condition.EQ;
            case LT -> Condition.GE;
            case LE -> Condition.GT;
            case GT -> Condition.LE;
            case GE -> Condition.LT;
        };
    }

    private Value compare(Condition condition) {
        Value right = state.pop();
        Value left = state.pop();
        return graph.emit(Scalar.BOOL, new Compare(condition, left, right));
    }

    /** Where the key is a literal, only its case is lifted: a kernel may have one for each of many formats. */
    private void switchOn(List<SwitchCase> cases, int otherwise) {
        Value key = state.pop();
        Optional<Number> chosen = graph.literal(key);
        if (chosen.isPresent()) {
            int target = cases.stream()
                    .filter(c -> c.caseValue() == chosen.get().intValue())
                    .mapToInt(c -> code.index(c.target()))
                    .findFirst()
                    .orElse(otherwise);
            graph.close(new Terminator.Jump(joins.edgeTo(target)));
            return;
        }
        List<Integer> keys = cases.stream().map(SwitchCase::caseValue).toList();
        List<Edge> edges =
                cases.stream().map(c -> joins.edgeTo(code.index(c.target()))).toList();
        graph.close(new Terminator.Switch(key, keys, edges, joins.edgeTo(otherwise)));
    }
}
