package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two functions. The entry loads the arrays' addresses and calls the second, whose parameters say what is known about
 * them: which do not overlap, which are only read, how large they are. That one loops over the work-items: over
 * the fastest dimension inside, so that LLVM can vectorise across work-items, and over everything slower outside, with
 * the ids of the slower dimensions computed once a row. Both are marked free of dependences between iterations,
 * which is what {@code @Parallel} and a grid promise.
 */
final class HostFrame implements Frame {
    /** A work-item's arrays lie on the stack of a worker thread. */
    private static final int MAX_PRIVATE_BYTES = 256 << 10;

    private final Function function;
    private final Launch launch;
    private final HostTarget target;
    private final ArrayParameters arrays;
    private final String name;
    private final Map<Integer, String> globalIds = new HashMap<>();
    private final Map<Op.ThreadId, String> ids = new HashMap<>();
    private final List<Integer> dimensions;
    private final long total;
    private final String linear;
    private String accessGroup;

    HostFrame(Function function, Launch launch, HostTarget target) {
        this.function = function;
        this.launch = launch;
        this.target = target;
        this.arrays = new ArrayParameters(function, launch);
        this.name = Names.kernel(function);
        this.total = launch.total();
        this.linear = total <= Integer.MAX_VALUE ? "i32" : "i64";
        List<Integer> wide = new ArrayList<>(launch.slowestFirst());
        wide.removeIf(d -> launch.sizes().get(d) == 1);
        this.dimensions = List.copyOf(wide);
        rejectWorkGroups();
    }

    @Override
    public void open(ModuleText text) {
        writeEntry(text);
        text.raw("define internal void @" + name + ".items(");
        for (int position : arrays.positions()) {
            int alignment = arrays.at(position).array().element().sizeBytes();
            text.line(arrays.declaration(position, "ptr", alignment) + ",");
        }
        String range = linear + " range(" + linear + " 0, " + wrap(total + 1) + ") ";
        text.line(range + "%begin,");
        text.line(range + "%end) " + attributes() + " {");
        text.label("entry");
        accessGroup = text.metadata("distinct !{}");
        KernelArrays.allocate(
                text,
                KernelArrays.of(function, Type.Space.PRIVATE, MAX_PRIVATE_BYTES, "use an array argument instead"),
                this,
                target.dialect());
        if (dimensions.size() <= 1) {
            dimensions.forEach(d -> globalIds.put(d, "%item"));
            text.line("br label %items");
            writeItems(text, "%begin", "entry", "%end", "exit");
        } else {
            writeRows(text);
        }
        writeIds(text);
    }

    @Override
    public String id(Op.ThreadId id) {
        return ids.get(id);
    }

    @Override
    public String array(Op.NewArray array, int value) {
        return "%array." + value;
    }

    @Override
    public int arrayAlignment() {
        return 1; // files have arrays where they like
    }

    @Override
    public String accessNote() {
        return ", !llvm.access.group " + accessGroup;
    }

    @Override
    public void barrier(ModuleText text, Type.Space space) {
        throw new IllegalStateException("a kernel with barriers is refused before it is written");
    }

    @Override
    public String leave() {
        return "br label %next";
    }

    @Override
    public void close(ModuleText text) {
        String progress = text.metadata("!{!\"llvm.loop.mustprogress\"}");
        String parallel = text.metadata("!{!\"llvm.loop.parallel_accesses\", " + accessGroup + "}");
        String type = dimensions.size() <= 1 ? linear : "i32";
        text.label("next");
        text.line("%item.next = add nuw nsw " + type + " %item, 1");
        text.line("br label %items, !llvm.loop " + loop(text, progress, parallel));
        if (dimensions.size() > 1) {
            text.label("row.done");
            text.line("%row.next = add nuw nsw " + linear + " %row, 1");
            text.line("br i1 %row.last, label %exit, label %rows, !llvm.loop " + loop(text, progress, parallel));
        }
        text.label("exit");
        text.line("ret void");
        text.raw("}");
    }

    private static String loop(ModuleText text, String progress, String parallel) {
        return text.metadata("distinct !{!self, " + progress + ", " + parallel + "}");
    }

    private void rejectWorkGroups() {
        // First of all, for it says most: kernels with tiles have barriers and local arrays too.
        function.blocks().stream()
                .flatMap(block -> block.body().stream())
                .filter(i -> i.op() instanceof Op.Tile)
                .findFirst()
                .ifPresent(i -> {
                    throw refuse(i, WarpTiles.NONE);
                });
        for (Block block : function.blocks()) {
            for (Instruction i : block.body()) {
                boolean shared = i.op() instanceof Op.Barrier
                        || i.op() instanceof Op.NewArray array && array.space() == Type.Space.LOCAL;
                if (shared) {
                    throw refuse(
                            i,
                            "the cpu device has no work-groups with barriers or local arrays; give it a kernel"
                                    + " whose work-items are independent (an @Parallel loop over rows)");
                }
            }
        }
    }

    private void writeEntry(ModuleText text) {
        text.raw("define void @" + name + "(ptr noalias nocapture readonly %arrays, i64 %begin, i64 %end) nounwind {");
        List<String> arguments = new ArrayList<>();
        List<Integer> positions = arrays.positions();
        for (int slot = 0; slot < positions.size(); slot++) {
            String base = Names.value(arrays.at(positions.get(slot)));
            text.line(base + ".slot = getelementptr inbounds ptr, ptr %arrays, i64 " + slot);
            text.line(base + " = load ptr, ptr " + base + ".slot, align 8");
            arguments.add("ptr " + base);
        }
        String begin = "%begin";
        String end = "%end";
        if (linear.equals("i32")) {
            begin = text.define("trunc i64 %begin to i32");
            end = text.define("trunc i64 %end to i32");
        }
        arguments.add(linear + " " + begin);
        arguments.add(linear + " " + end);
        text.line("call void @" + name + ".items(" + String.join(", ", arguments) + ")");
        text.line("ret void");
        text.raw("}\n");
    }

    private String attributes() {
        String vectors = target.vectorBits() == 0 ? "" : " \"prefer-vector-width\"=\"" + target.vectorBits() + "\"";
        return "noinline nounwind nofree norecurse mustprogress" + vectors;
    }

    private void writeItems(ModuleText text, String from, String fromLabel, String to, String done) {
        String type = dimensions.size() <= 1 ? linear : "i32";
        text.label("items");
        text.line("%item = phi " + type + " [ " + from + ", %" + fromLabel + " ], [ %item.next, %next ]");
        text.line("%item.more = icmp slt " + type + " %item, " + to);
        text.line("br i1 %item.more, label %item.begin, label %" + done);
        text.label("item.begin");
    }

    /** The outer loop over everything but the fastest dimension; the first and the last row may be partial. */
    private void writeRows(ModuleText text) {
        int fastest = dimensions.getLast();
        long width = launch.sizes().get(fastest);
        text.line("%row.first = udiv " + linear + " %begin, " + width);
        String from = narrow(text, text.define("urem " + linear + " %begin, " + width));
        String last = text.define("sub " + linear + " %end, 1");
        text.line("%row.end = udiv " + linear + " " + last + ", " + width);
        String to = narrow(text, text.define("urem " + linear + " " + last + ", " + width));
        to = text.define("add nuw nsw i32 " + to + ", 1");
        String any = text.define("icmp ult " + linear + " %begin, %end");
        text.line("br i1 " + any + ", label %rows, label %exit");
        text.label("rows");
        text.line("%row = phi " + linear + " [ %row.first, %entry ], [ %row.next, %row.done ]");
        String isFirst = text.define("icmp eq " + linear + " %row, %row.first");
        text.line("%row.last = icmp eq " + linear + " %row, %row.end");
        text.line("%from = select i1 " + isFirst + ", i32 " + from + ", i32 0");
        text.line("%to = select i1 %row.last, i32 " + to + ", i32 " + width);
        String rest = "%row";
        for (int i = dimensions.size() - 2; i >= 0; i--) {
            int dimension = dimensions.get(i);
            if (i == 0) {
                globalIds.put(dimension, narrow(text, rest));
            } else {
                long size = launch.sizes().get(dimension);
                globalIds.put(dimension, narrow(text, text.define("urem " + linear + " " + rest + ", " + size)));
                rest = text.define("udiv " + linear + " " + rest + ", " + size);
            }
        }
        globalIds.put(fastest, "%item");
        text.line("br label %items");
        writeItems(text, "%from", "rows", "%to", "row.done");
    }

    private String narrow(ModuleText text, String value) {
        return linear.equals("i32") ? value : text.define("trunc nuw nsw i64 " + value + " to i32");
    }

    /** Writes whatever ids the kernel asks for. */
    private void writeIds(ModuleText text) {
        Set<Op.ThreadId> asked = new LinkedHashSet<>();
        Map<Op.ThreadId, Instruction> where = new HashMap<>();
        for (Block block : function.blocks()) {
            for (Instruction i : block.body()) {
                if (i.op() instanceof Op.ThreadId id) {
                    asked.add(id);
                    where.putIfAbsent(id, i);
                }
            }
        }
        for (Op.ThreadId id : asked) {
            ids.put(id, idOperand(text, id, where.get(id)));
        }
    }

    private String idOperand(ModuleText text, Op.ThreadId id, Instruction where) {
        int dimension = id.dimension();
        boolean exists = dimension < launch.sizes().size();
        String index = globalIds.getOrDefault(dimension, "0");
        return switch (id.kind()) {
            case GLOBAL -> index;
            case GLOBAL_SIZE -> Long.toString(exists ? launch.sizes().get(dimension) : 1);
            case LOCAL_SIZE -> Long.toString(exists ? groupSize(dimension, where) : 1);
            case LOCAL -> exists ? text.define("urem i32 " + index + ", " + groupSize(dimension, where)) : "0";
            case GROUP -> exists ? text.define("udiv i32 " + index + ", " + groupSize(dimension, where)) : "0";
        };
    }

    private long groupSize(int dimension, Instruction where) {
        if (launch.groupSizes().isEmpty()) {
            throw refuse(
                    where,
                    "it asks for its place in a work-group, but the WorkerGrid has no local work; call"
                            + " setLocalWork");
        }
        return launch.groupSizes().get(dimension);
    }

    private String wrap(long value) {
        return Long.toString(linear.equals("i32") ? (int) value : value);
    }

    private KernelException refuse(Instruction at, String reason) {
        return new KernelException(function.declaredIn() + "." + function.name(), at.line(), reason);
    }
}
