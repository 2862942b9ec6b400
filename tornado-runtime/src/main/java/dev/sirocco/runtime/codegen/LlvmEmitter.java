package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Terminator;
import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Type.Fragment;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Type.Space;
import dev.sirocco.runtime.ir.Value;
import dev.sirocco.runtime.pass.ReadAhead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes LLVM IR (LLVM 20, opaque pointers) for a kernel: the same text for the same inputs, always. */
public final class LlvmEmitter {
    private final Function function;
    private final Target target;
    private final Frame frame;
    private final ModuleText text = new ModuleText();
    private final Arithmetic arithmetic;
    private final Map<Value, Number> literals = new HashMap<>();
    private final Map<Value, String> spelled = new HashMap<>();
    private final Set<Value> indices;
    private final IndexMultiples multiples;
    private final ByteDots dots;
    private final WarpReductions warps;
    private final TreeReductions reductions;
    private final Set<Integer> unrolled;
    private final FloatMode floats;
    private final Set<Value> carriedValues = new HashSet<>();
    private final Map<Integer, List<Way>> waysInto = new HashMap<>();

    /** One edge: from which LLVM block, and with which arguments. */
    private record Way(String from, List<Value> arguments) {}

    private LlvmEmitter(Function kernel, Launch launch, Target target) {
        this.warps = target.reductions(kernel, launch);
        this.function = warps.function();
        this.target = target;
        this.floats = launch.floats();
        this.frame = target.frame(function, launch);
        this.indices = IndexArithmetic.find(function);
        this.multiples = new IndexMultiples(function);
        this.dots = target.dotUnit() == DotUnit.NONE ? ByteDots.none(function) : ByteDots.find(function, true);
        this.reductions = TreeReductions.find(function);
        this.unrolled = target.unrollsForArrays() ? RegisterArrays.loopEnds(function) : Set.of();
        this.arithmetic = new Arithmetic(text, launch.floats(), target.dialect(), this::operand, literals::get);
    }

    /**
     * {@return a module with one external function, named by {@link #symbol}}
     *
     * @param function a kernel as the front end leaves it: no calls, no scalar parameters in use
     * @param launch   what it is compiled for
     * @param target   what it is compiled to
     * @throws dev.sirocco.runtime.ir.KernelException when the target cannot run such a kernel
     */
    public static String emit(Function function, Launch launch, Target target) {
        Function kernel = target.readsAhead() ? ReadAhead.insert(function) : function;
        return new LlvmEmitter(kernel, launch, target).module();
    }

    /** {@return the name of the function that a kernel's module defines} */
    public static String symbol(Function function) {
        return Names.kernel(function);
    }

    private String module() {
        text.raw("; kernel " + function.declaredIn() + "." + function.name() + "\n");
        if (!target.triple().isEmpty()) {
            text.raw("target triple = \"" + target.triple() + "\"");
        }
        if (!target.dataLayout().isEmpty()) {
            text.raw("target datalayout = \"" + target.dataLayout() + "\"");
        }
        frame.open(text);
        text.line("br label %" + Names.label(function.entry()));
        collect();
        for (Block block : function.blocks()) {
            write(block);
        }
        frame.close(text);
        return text.toString();
    }

    /** Finds what is needed before a block can be written: literals, ids, and who jumps where with what. */
    private void collect() {
        for (Block block : function.blocks()) {
            carriedValues.addAll(block.parameters());
            for (Instruction i : block.body()) {
                switch (i.op()) {
                    case Op.Constant(Scalar type, Number value) -> {
                        literals.put(i.result(), value);
                        spelled.put(i.result(), target.dialect().literal(type, value));
                    }
                    case Op.ThreadId id -> spelled.put(i.result(), frame.id(id));
                    case Op.NewArray array ->
                        spelled.put(i.result(), frame.array(array, i.result().id()));
                    default -> {}
                }
            }
        }
        for (Block block : function.blocks()) {
            List<Edge> edges = block.end().edges();
            for (int i = 0; i < edges.size(); i++) {
                Way way = new Way(
                        isSplit(edges, i) ? splitLabel(block, i) : Names.label(block),
                        edges.get(i).arguments());
                waysInto.computeIfAbsent(edges.get(i).block(), _ -> new ArrayList<>())
                        .add(way);
            }
        }
    }

    /**
     * A phi has one value for each block that jumps there: two edges with arguments between the same blocks need a
     * block.
     */
    private boolean isSplit(List<Edge> edges, int index) {
        Edge edge = edges.get(index);
        return !edge.arguments().isEmpty()
                && edges.stream().filter(e -> e.block() == edge.block()).count() > 1;
    }

    private static String splitLabel(Block block, int edge) {
        return Names.label(block) + ".way" + edge;
    }

    private void write(Block block) {
        text.label(Names.label(block));
        for (int i = 0; i < block.parameters().size(); i++) {
            Value parameter = block.parameters().get(i);
            List<String> incoming = new ArrayList<>();
            for (Way way : waysInto.get(block.id())) {
                incoming.add("[ " + operand(way.arguments().get(i)) + ", %" + way.from() + " ]");
            }
            text.line(Names.value(parameter) + " = phi " + type(parameter) + " " + String.join(", ", incoming));
        }
        int line = 0;
        for (Instruction i : block.body()) {
            if (i.line() != line && i.line() != 0 && isWritten(i)) {
                line = i.line();
                text.comment("line " + line);
            }
            write(i);
        }
        write(block, block.end());
    }

    private boolean isWritten(Instruction i) {
        return !(i.op() instanceof Op.Constant) && !(i.op() instanceof Op.ThreadId) && !dots.isAbsorbed(i.result());
    }

    private void write(Instruction i) {
        if (dots.isAbsorbed(i.result())) {
            return;
        }
        if (dots.sum(i.result()) != null) {
            write(i, dots.sum(i.result()));
            return;
        }
        switch (i.op()) {
            case Op.Constant _, Op.ThreadId _ -> {}
            case Op.Binary binary -> define(i, arithmetic.binary(binary, indices.contains(i.result())));
            case Op.Unary unary -> define(i, arithmetic.unary(unary));
            case Op.Compare compare -> define(i, arithmetic.compare(compare));
            case Op.Select select -> define(i, arithmetic.select(select));
            case Op.Convert convert -> define(i, arithmetic.convert(convert));
            case Op.FloatBits(Value bits) -> define(i, number(bits, i.result().scalar()));
            case Op.Load(Value array, Value index, Scalar as) -> {
                String address = address(array, index);
                define(
                        i,
                        "load " + target.dialect().type(as) + ", " + pointer(array) + " " + address
                                + access(array, index, as.sizeBytes()));
            }
            case Op.Store(Value array, Value index, Value value) ->
                text.line("store " + type(value) + " " + stored(i, value) + ", " + pointer(array) + " "
                        + address(array, index) + access(array));
            case Op.NewArray array -> {
                if (array.space() == Space.PRIVATE) {
                    clear(array, i.result());
                }
            }
            case Op.Barrier(Space space) -> {
                Value stride = reductions.stride(i);
                if (stride == null) {
                    frame.barrier(text, space);
                } else {
                    frame.barrier(text, space, operand(stride));
                }
            }
            case Op.AtomicAdd(Value array, Value index, Value amount) ->
                text.line("atomicrmw add " + pointer(array) + " " + address(array, index) + ", " + typed(amount)
                        + " monotonic, align " + array.array().element().sizeBytes());
            case Op.ReadAhead(Value array, Value index, int bytes) -> readAhead(array, index, bytes);
            case Op.HalfBits(Value half) -> define(i, "sext i16 " + bits(half) + " to i32");
            case Op.Tile.Fill(Value value) -> define(i, WarpTiles.fill(text, operand(value)));
            case Op.Tile.Load(Fragment kind, Value array, Value offset) ->
                define(i, WarpTiles.load(text, kind, operand(array), operand(offset)));
            case Op.Tile.MultiplyAdd(Value left, Value right, Value sums) ->
                define(i, WarpTiles.multiplyAdd(text, operand(left), operand(right), operand(sums)));
            case Op.Tile.Store(Value sums, Value array, Value row, Value column, Value stride) ->
                text.line(WarpTiles.store(
                        text, operand(sums), operand(array), operand(row), operand(column), operand(stride)));
            case Op.Length _ -> throw new IllegalStateException("not legal for this target: " + i.op());
        }
    }

    /** The address may be outside of the array, and is not said to be inside. */
    private void readAhead(Value array, Value index, int bytes) {
        String at = text.define("getelementptr i8, " + pointer(array) + " " + address(array, index) + ", i64 " + bytes);
        String function = text.intrinsic("llvm.prefetch.p0", "void", pointer(array), "i32", "i32", "i32");
        text.line("call void " + function + "(" + pointer(array) + " " + at + ", i32 0, i32 3, i32 1)");
    }

    /** {@return what makes a number of an int's bits} */
    private String number(Value bits, Scalar as) {
        String type = target.dialect().type(as);
        String lower = "trunc " + typed(bits) + " to i16";
        return switch (type) {
            case "float" -> "bitcast " + typed(bits) + " to float";
            case "i16" -> lower;
            default -> "bitcast i16 " + text.define(lower) + " to " + type;
        };
    }

    /** {@return the operand that is a half's bits, i16} */
    private String bits(Value half) {
        String type = target.dialect().type(Scalar.F16);
        return type.equals("i16") ? operand(half) : text.define("bitcast " + type + " " + operand(half) + " to i16");
    }

    /** {@return the operand that is stored} */
    private String stored(Instruction store, Value value) {
        WarpReductions.Exchange exchange = warps.exchange(store);
        return exchange == null
                ? operand(value)
                : text.define(WarpExchange.call(
                        text, floats, exchange.kind(), value.scalar(), operand(value), operand(exchange.lane())));
    }

    private void write(Instruction i, ByteDots.Sum sum) {
        List<Value> carried =
                sum.addends().stream().filter(carriedValues::contains).toList();
        String total = "0";
        for (Value addend : sum.addends()) {
            if (!carried.contains(addend)) {
                total = total.equals("0") ? operand(addend) : text.define("add i32 " + total + ", " + operand(addend));
            }
        }
        String call = "";
        for (ByteDots.Dot dot : sum.dots()) {
            if (!call.isEmpty()) {
                total = text.define(call);
            }
            call = target.dotUnit().call(text, dot, word(dot.left()), word(dot.right()), total);
        }
        for (Value addend : carried) { // a sum that a loop carries must be an addition for the vectoriser to know it
            call = "add i32 " + text.define(call) + ", " + operand(addend);
        }
        define(i, call);
    }

    /** {@return four bytes of an array and what the factor makes of each, as one word} */
    private String word(ByteFactor factor) {
        Value array = factor.load().array();
        String address = address(array, factor.load().index());
        String word = text.define("load i32, " + pointer(array) + " " + address
                + access(array, factor.load().index(), ByteDots.WIDTH));
        ByteFactor.Form form = factor.form();
        if (form.hasLevels() && target.dotUnit() == DotUnit.DP4A && form.shift() % 4 == 0 && form.mask() == 0xF) {
            return ByteLookup.permute(text, form, word, form.shift() > 0);
        }
        if (factor.moved() != null) {
            word = text.define("lshr i32 " + word + ", " + operand(factor.moved()));
        }
        if (form.shift() > 0) {
            word = text.define("lshr i32 " + word + ", " + form.shift());
        }
        if (form.mask() >= 0 && (form.mask() < 0xFF || form.shift() > 0)) {
            word = text.define("and i32 " + word + ", " + form.mask() * DotUnit.EACH_BYTE);
        }
        if (factor.row() != null) {
            return text.define("or i32 " + word + ", " + row(factor.row()));
        }
        if (form.hasLevels()) {
            return target.dotUnit() == DotUnit.DP4A
                    ? ByteLookup.permute(text, form, word, false)
                    : text.define(
                            ByteLookup.call(text, form, word, target.dotUnit().mostLanes()));
        }
        if (form.minus() > 0) { // no byte borrows from its neighbour when its top bit is set
            word = text.define("or i32 " + word + ", " + 0x80 * DotUnit.EACH_BYTE);
            word = text.define("sub i32 " + word + ", " + form.minus() * DotUnit.EACH_BYTE);
            word = text.define("xor i32 " + word + ", " + 0x80 * DotUnit.EACH_BYTE);
        }
        return word;
    }

    /** {@return a word with a bit of an int in each byte} */
    private String row(BitRow row) {
        String from = text.define("and i32 " + operand(row.from()) + ", " + BitRow.DISTANCE);
        String moved = text.define("lshr i32 " + operand(row.bits()) + ", " + from);
        String four = text.define("and i32 " + moved + ", " + BitRow.FOUR);
        String spread = text.define("mul i32 " + four + ", " + row.spread());
        return text.define("and i32 " + spread + ", " + row.mask());
    }

    private void define(Instruction i, String instruction) {
        text.line(Names.value(i.result()) + " = " + instruction);
    }

    private void clear(Op.NewArray array, Value result) {
        String pointer = target.pointer(array.space());
        String function = text.intrinsic("llvm.memset.p0.i64", "void", pointer, "i8", "i64", "i1");
        long bytes = (long) array.length() * array.element().sizeBytes();
        text.line("call void " + function + "(" + pointer + " align 64 " + operand(result) + ", i8 0, i64 " + bytes
                + ", i1 false)");
    }

    private String address(Value array, Value index) {
        String wide;
        Number literal = literals.get(index);
        if (literal != null) {
            wide = literal.toString();
        } else {
            wide = text.define("sext i32 " + operand(index) + " to i64");
        }
        return text.define(
                "getelementptr inbounds " + target.dialect().type(array.array().element()) + ", " + pointer(array) + " "
                        + operand(array) + ", i64 " + wide);
    }

    private String access(Value array) {
        return access(array, array.array().element().sizeBytes());
    }

    /** Of a load that may be wider than an element. */
    private String access(Value array, Value index, int bytes) {
        int element = array.array().element().sizeBytes();
        int alignment = array.array().space() == Space.GLOBAL && bytes > element
                ? Math.min(frame.arrayAlignment(), multiples.of(index) * element)
                : element;
        return access(array, Math.max(element, alignment));
    }

    private String access(Value array, int alignment) {
        return ", align " + alignment + (array.array().space() == Space.GLOBAL ? frame.accessNote() : "");
    }

    private String pointer(Value array) {
        return target.pointer(array.array().space());
    }

    private void write(Block block, Terminator end) {
        List<Edge> edges = end.edges();
        switch (end) {
            case Terminator.Return _ -> text.line(frame.leave());
            case Terminator.Jump _ -> text.line("br " + label(block, edges, 0) + loopNote(block));
            case Terminator.Branch(Value condition, Edge _, Edge _) ->
                text.line(
                        "br i1 " + operand(condition) + ", " + label(block, edges, 0) + ", " + label(block, edges, 1));
            case Terminator.Switch(Value key, List<Integer> keys, List<Edge> _, Edge _) -> {
                StringBuilder cases = new StringBuilder();
                for (int i = 0; i < keys.size(); i++) {
                    cases.append(" i32 ").append(keys.get(i)).append(", ").append(label(block, edges, i));
                }
                text.line("switch i32 " + operand(key) + ", " + label(block, edges, keys.size()) + " [" + cases + " ]");
            }
        }
        for (int i = 0; i < edges.size(); i++) {
            if (isSplit(edges, i)) {
                text.label(splitLabel(block, i));
                text.line("br label %" + Names.label(edges.get(i).block()));
            }
        }
    }

    private String loopNote(Block end) {
        if (!unrolled.contains(end.id())) {
            return "";
        }
        String full = text.metadata("!{!\"llvm.loop.unroll.full\"}");
        return ", !llvm.loop " + text.metadata("distinct !{!self, " + full + "}");
    }

    private String label(Block from, List<Edge> edges, int edge) {
        return "label %"
                + (isSplit(edges, edge)
                        ? splitLabel(from, edge)
                        : Names.label(edges.get(edge).block()));
    }

    private String type(Value value) {
        return switch (value.type()) {
            case Scalar scalar -> target.dialect().type(scalar);
            case Fragment fragment -> WarpTiles.type(fragment);
            case Type.Array _ -> pointer(value);
            case Type.Context _ -> throw new IllegalStateException("no value of a device: " + value);
        };
    }

    private String typed(Value value) {
        return type(value) + " " + operand(value);
    }

    private String operand(Value value) {
        return spelled.computeIfAbsent(value, Names::value);
    }
}
