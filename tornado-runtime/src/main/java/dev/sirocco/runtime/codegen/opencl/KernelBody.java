package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.codegen.BitRow;
import dev.sirocco.runtime.codegen.ByteDots;
import dev.sirocco.runtime.codegen.ByteFactor;
import dev.sirocco.runtime.codegen.IndexArithmetic;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.opencl.Copies.Copy;
import dev.sirocco.runtime.codegen.opencl.LaneLoops.LaneLoop;
import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Type.Space;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Writes the statements of a kernel: what its blocks do, and what their edges hand over. */
final class KernelBody implements ControlFlow.Contents {
    /** What the vector registers of most processors hold. */
    private static final int NARROW_VECTOR_BYTES = 32;

    /** Mesa's compiler stores what is initialized element by element: for 1024 floats that takes over a minute. */
    private static final int LONGEST_INITIALIZED = 32;

    private final Prelude prelude;
    private final Listing listing = new Listing();
    private final Map<Integer, Block> blocks = new HashMap<>();
    private final Variables variables;
    private final Inlining inlining;
    private final Parity parity;
    private final Memory memory;
    private final Expressions expressions;
    private final ByteDots dots;
    private final DotFunctions dotFunctions;
    private final LaneLoops laneLoops;
    private final WorkItem workItem;
    private final Map<Op.ThreadId, Variable> ids = new HashMap<>();

    /** What was spelled since the last line. */
    private final Set<Variable> mentioned = new LinkedHashSet<>();

    KernelBody(Function function, Launch launch, OpenClTarget target, Prelude prelude, Variables variables) {
        this.prelude = prelude;
        this.variables = variables;
        this.inlining = new Inlining(function);
        this.parity = new Parity(function);
        this.memory = new Memory(prelude, target);
        HalfArithmetic halves = new HalfArithmetic(prelude, target, inlining, this::operand);
        this.expressions = new Expressions(
                prelude, launch.floats(), halves, IndexArithmetic.find(function), this::operand, this::literal);
        function.blocks().forEach(block -> blocks.put(block.id(), block));
        this.dots = ByteDots.find(function, true);
        this.dotFunctions = new DotFunctions(prelude, target);
        this.laneLoops = new LaneLoops(function, launch, dots);
        this.workItem = new WorkItem(launch);
    }

    /** {@return the statements of the whole kernel, indented} */
    String text(Function function) {
        workItem.guard().forEach(listing::line);
        for (Block block : function.blocks()) {
            block.parameters().forEach(p -> variables.add(p, CText.type(p.scalar()), ""));
            LaneLoop loop = laneLoops.withBody(block);
            for (Instruction i : block.body()) {
                declare(i, loop);
            }
        }
        new ControlFlow(function, inlining, listing, this).write(function);
        return listing.text();
    }

    private void declare(Instruction i, LaneLoop loop) {
        switch (i.op()) {
            case Op.ThreadId id -> {
                Variable variable = ids.get(id);
                if (variable == null) {
                    String wish = i.result().name().isEmpty()
                            ? WorkItem.name(id)
                            : i.result().name();
                    variable = variables.named(wish, "int", "");
                    ids.put(id, variable);
                    listing.source(i.line());
                    listing.assign(variable, workItem.expression(id));
                }
                variables.put(i.result(), variable);
            }
            case Op.NewArray(Scalar element, int length, Space space) -> {
                String type = element == Scalar.F16 ? "ushort" : CText.type(element);
                boolean isLocal = space == Space.LOCAL;
                Variable variable = variables.add(i.result(), isLocal ? "__local " + type : type, "[" + length + "]");
                if (isLocal) {
                    listing.source(i.line());
                    listing.line(variable.declaration() + ";");
                }
            }
            case Op.Binary _,
                    Op.Unary _,
                    Op.Compare _,
                    Op.Select _,
                    Op.Convert _,
                    Op.FloatBits _,
                    Op.HalfBits _,
                    Op.Load _ -> {
                if (inlining.isStatement(i)) {
                    String type = CText.type(i.result().scalar());
                    boolean isLane = loop != null && loop.roles().isLane(i.result());
                    variables.add(i.result(), isLane ? type + loop.lanes() : type, "");
                }
            }
            case Op.Constant _, Op.Length _, Op.Store _, Op.Barrier _, Op.AtomicAdd _, Op.ReadAhead _ -> {}
            case Op.Tile _ -> throw OpenClEmitter.refused(i);
        }
    }

    private Number literal(Value value) {
        Instruction definition = inlining.definition(value);
        return definition != null && definition.op() instanceof Op.Constant constant ? constant.value() : null;
    }

    private Term operand(Value value) {
        Instruction definition = inlining.definition(value);
        if (definition != null && definition.op() instanceof Op.Constant(Scalar type, Number number)) {
            return CText.literal(type, number);
        }
        if (inlining.isInlined(value)) {
            return expression(definition);
        }
        Variable variable = variables.of(value);
        if (!(value.type() instanceof Type.Array array) || array.space() == Space.PRIVATE) {
            mentioned.add(variable);
        }
        return Term.primary(variable.name());
    }

    private Term expression(Instruction i) {
        ByteDots.Sum sum = dotFunctions.hasInstruction() ? dots.sum(i.result()) : null;
        if (sum != null) {
            return sum(sum);
        }
        return i.op() instanceof Op.Load(Value array, Value index, Scalar as)
                ? memory.load(
                        operand(array),
                        operand(index),
                        array.array().element(),
                        array.array().space(),
                        as,
                        parity.isEven(index))
                : expressions.of(i);
    }

    private Term sum(ByteDots.Sum sum) {
        Term total = null;
        for (Value addend : sum.addends()) {
            total = total == null ? operand(addend) : Term.infix(total, "+", operand(addend), Term.Level.SUM);
        }
        for (ByteDots.Dot dot : sum.dots()) {
            Term product = dotFunctions.dot(dot, word(dot.left()), word(dot.right()), 1);
            total = total == null ? product : Term.infix(total, "+", product, Term.Level.SUM);
        }
        return total;
    }

    private Term word(ByteFactor factor) {
        Term address = Term.infix(
                operand(factor.load().array()), "+", operand(factor.load().index()), Term.Level.SUM);
        BitRow row = factor.row();
        Term bits = row == null ? null : DotFunctions.row(row, operand(row.bits()), operand(row.from()));
        Term moved = factor.moved() == null ? null : operand(factor.moved());
        return dotFunctions.words(factor, address, moved, bits, 1);
    }

    @Override
    public boolean lanes(Block header) {
        LaneLoop loop = laneLoops.at(header.id());
        if (loop == null) {
            return false;
        }
        if (loop.lanes() * Integer.BYTES > NARROW_VECTOR_BYTES) {
            prelude.wideVectors();
        }
        LaneStatements lanes = new LaneStatements(loop, dots, dotFunctions, inlining, this::operand);
        for (Instruction i : loop.body().body()) {
            boolean isIndex = i.result() != null
                    && !loop.roles().isLane(i.result())
                    && !loop.roles().isUniform(i.result());
            if (!inlining.isStatement(i) || isIndex || dots.isAbsorbed(i.result())) {
                continue;
            }
            listing.source(i.line());
            if (i.op() instanceof Op.Store store) {
                line(lanes.store(store));
            } else if (loop.roles().isLane(i.result())) {
                String value = lanes.expression(i).text();
                flush();
                listing.assign(variables.of(i.result()), value);
            } else {
                write(i);
            }
        }
        return true;
    }

    /** Writes a line that holds what was spelled since the last one. */
    private void line(String text) {
        flush();
        listing.line(text);
    }

    private void flush() {
        mentioned.forEach(listing::mention);
        mentioned.clear();
    }

    @Override
    public void statements(Block block) {
        for (Instruction i : block.body()) {
            boolean isAbsorbed = dotFunctions.hasInstruction() && dots.isAbsorbed(i.result());
            if (inlining.isStatement(i) && !isAbsorbed) {
                listing.source(i.line());
                write(i);
            }
        }
    }

    private void write(Instruction i) {
        switch (i.op()) {
            case Op.Store(Value array, Value index, Value value) ->
                line(memory.store(
                        operand(array),
                        operand(index),
                        operand(value),
                        array.array().element(),
                        array.array().space(),
                        value.scalar()));
            case Op.AtomicAdd(Value array, Value index, Value amount) ->
                line(memory.add(
                        operand(array),
                        operand(index),
                        operand(amount),
                        array.array().element()));
            case Op.ReadAhead(Value array, Value index, int bytes) ->
                line(memory.readAhead(operand(array), operand(index), bytes));
            case Op.Barrier(Space space) ->
                line(space == Space.LOCAL ? "barrier(CLK_LOCAL_MEM_FENCE);" : "barrier(CLK_GLOBAL_MEM_FENCE);");
            case Op.NewArray array -> {
                Variable variable = variables.of(i.result());
                String clear = "for (int k = 0; k < " + array.length() + "; k++) " + variable + "[k] = 0;";
                String declaration = variable.declaration();
                boolean isLong = array.length() > LONGEST_INITIALIZED;
                listing.assign(variable, clear, declaration + (isLong ? "; " + clear : " = {0};"));
            }
            case Op.Binary _,
                    Op.Unary _,
                    Op.Compare _,
                    Op.Select _,
                    Op.Convert _,
                    Op.FloatBits _,
                    Op.HalfBits _,
                    Op.Load _ -> {
                String value = expression(i).text();
                flush();
                listing.assign(variables.of(i.result()), value);
            }
            case Op.Tile _ -> throw OpenClEmitter.refused(i);
            case Op.Length length -> throw new IllegalStateException("not resolved: " + length);
            case Op.Constant _, Op.ThreadId _ -> {}
        }
    }

    @Override
    public Term condition(Value value, boolean opposite) {
        Instruction definition = inlining.definition(value);
        if (definition != null) {
            listing.source(definition.line());
        }
        Term term = !opposite
                ? operand(value)
                : inlining.isInlined(value) && definition.op() instanceof Op.Compare compare
                        ? expressions.compareNot(compare)
                        : Expressions.not(operand(value));
        flush();
        return term;
    }

    @Override
    public Term key(Value value) {
        Term term = operand(value);
        flush();
        return term;
    }

    /** {@return what an edge changes, all at once} */
    private List<Copy> copies(Edge edge, Predicate<Value> chosen) {
        if (laneLoops.at(edge.block()) != null) {
            return List.of();
        }
        List<Value> parameters = blocks.get(edge.block()).parameters();
        List<Copy> copies = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Variable to = variables.of(parameters.get(i));
            Set<Variable> reads = new LinkedHashSet<>();
            String value = spell(edge.arguments().get(i), reads);
            if (chosen.test(parameters.get(i)) && !value.equals(to.name())) {
                copies.add(new Copy(to, value, reads));
            }
        }
        return copies;
    }

    /** {@return a value without noting that a line mentions it; its variables are added to {@code reads}} */
    private String spell(Value value, Set<Variable> reads) {
        List<Variable> before = List.copyOf(mentioned);
        mentioned.clear();
        String text = operand(value).text();
        reads.addAll(mentioned);
        mentioned.clear();
        mentioned.addAll(before);
        return text;
    }

    @Override
    public boolean changes(Edge edge, Set<Value> aside) {
        return !copies(edge, p -> !aside.contains(p)).isEmpty();
    }

    @Override
    public void makeChanges(Edge edge, Set<Value> aside) {
        List<Copy> copies = Copies.inOrder(
                copies(edge, p -> !aside.contains(p)), old -> variables.named(old.name(), old.type(), old.suffix()));
        for (Copy copy : copies) {
            copy.reads().forEach(listing::mention);
            listing.assign(copy.to(), copy.value());
        }
    }

    @Override
    public boolean isUpdate(Edge back) {
        List<Copy> copies = copies(back, p -> true);
        return Copies.inOrder(copies, old -> old).size() == copies.size();
    }

    /** A counter is compared in the loop's condition, and its next value depends on nothing else that changes. */
    @Override
    public Set<Value> counters(Edge back, Value condition) {
        Set<Variable> compared = new HashSet<>();
        spell(condition, compared);
        List<Value> parameters = blocks.get(back.block()).parameters();
        Set<Value> counters = new HashSet<>();
        for (int i = 0; i < parameters.size(); i++) {
            Variable variable = variables.of(parameters.get(i));
            Set<Variable> reads = new HashSet<>();
            spell(back.arguments().get(i), reads);
            if (compared.contains(variable) && reads.equals(Set.of(variable))) {
                counters.add(parameters.get(i));
            }
        }
        return counters;
    }

    @Override
    public void openLoop(Term condition, Edge back, Set<Value> counters) {
        String test = condition == null ? "" : condition.text();
        List<Copy> update =
                counters.isEmpty() ? List.of() : Copies.inOrder(copies(back, counters::contains), old -> old);
        if (update.isEmpty()) {
            listing.openLoop(condition == null ? "for (;;)" : "while (" + test + ")");
            return;
        }
        List<String> changes = new ArrayList<>();
        for (Copy copy : update) {
            copy.reads().forEach(listing::mention);
            listing.mention(copy.to());
            changes.add(copy.to() + " = " + copy.value());
        }
        listing.openFor(update.getFirst().to(), "; " + test + "; " + String.join(", ", changes));
    }
}
