package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type.Space;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One entry point, run once for each work-item. Work-items past the end of an {@code @Parallel} nest leave at once. */
final class GroupFrame implements Frame {
    /** A work-item's arrays that do not fit registers lie in device memory: more than this is a mistake. */
    private static final int MAX_PRIVATE_BYTES = 64 << 10;

    private final Function function;
    private final Launch launch;
    private final GroupTarget target;
    private final String symbol;
    private final Groups groups;
    private final ArrayParameters arrays;
    private final Map<Integer, String> loopIds = new HashMap<>();
    private final Map<Op.ThreadId, String> ids = new HashMap<>();

    GroupFrame(Function function, Launch launch, GroupTarget target) {
        this.function = function;
        this.launch = launch;
        this.target = target;
        this.symbol = target.symbol(function);
        this.arrays = new ArrayParameters(function, launch);
        if (!launch.loopNest() && launch.groupSizes().isEmpty()) {
            throw refuse(0, "its WorkerGrid has no local work; call setLocalWork");
        }
        this.groups = Groups.of(launch);
        if (groups.items() > target.maxGroupSize()) {
            throw refuse(
                    0,
                    groups.items() + " work-items in a group; this kind of device runs at most " + target.maxGroupSize()
                            + " of them: choose a smaller local work");
        }
        if (!target.flattensLoops() && launch.loopNest() && launch.sizes().size() > 3) {
            throw refuse(
                    0, launch.sizes().size() + " nested @Parallel loops; this kind of device has three dimensions");
        }
        rejectOperations();
    }

    private void rejectOperations() {
        for (Block block : function.blocks()) {
            for (Instruction i : block.body()) {
                String refusal = target.refusal(i.op(), groups);
                if (refusal != null) {
                    throw refuse(i.line(), refusal);
                }
            }
        }
    }

    @Override
    public void open(ModuleText text) {
        List<Instruction> local = KernelArrays.of(
                function, Space.LOCAL, target.maxLocalBytes(), "a work-group of this kind of device has no more");
        for (Instruction i : local) {
            text.raw(array((Op.NewArray) i.op(), i.result().id()) + " = internal addrspace(3) global "
                    + KernelArrays.type((Op.NewArray) i.op(), target.dialect()) + " undef, align 16");
        }
        text.raw((local.isEmpty() ? "" : "\n") + "define " + target.convention() + " void @" + symbol + "(");
        List<String> parameters = new ArrayList<>();
        for (int position : arrays.positions()) {
            parameters.add(
                    "  " + arrays.declaration(position, target.pointer(Space.GLOBAL), GroupTarget.ARRAY_ALIGNMENT));
        }
        text.raw(String.join(",\n", parameters) + ") " + target.attributes(text, launch) + "{");
        text.label("entry");
        KernelArrays.allocate(
                text,
                KernelArrays.of(function, Space.PRIVATE, MAX_PRIVATE_BYTES, "use an array argument instead"),
                this,
                target.dialect());
        if (launch.loopNest()) {
            String inside = target.flattensLoops() ? writeLinear(text) : writeAxes(text);
            text.line("br i1 " + inside + ", label %begin, label %exit");
            text.label("begin");
            if (target.flattensLoops()) {
                writeLoopIds(text);
            }
        }
        writeIds(text);
    }

    /** {@return the condition that the work-item, counted along the row of groups, is one of the nest} */
    private String writeLinear(ModuleText text) {
        long total = launch.total();
        if (total > Integer.MAX_VALUE) {
            throw refuse(0, total + " work-items; the nest of @Parallel loops has at most 2^31 − 1 on this device");
        }
        String group = target.groupId(text, 0, groups);
        String first = text.define("mul i32 " + group + ", " + groups.sizes().getFirst());
        text.line("%linear = add i32 " + first + ", " + target.localId(text, 0, groups));
        return text.define("icmp ult i32 %linear, " + total);
    }

    private void writeLoopIds(ModuleText text) {
        String rest = "%linear";
        List<Integer> order = launch.slowestFirst();
        for (int i = order.size() - 1; i > 0; i--) {
            long size = launch.sizes().get(order.get(i));
            loopIds.put(order.get(i), text.define("urem i32 " + rest + ", " + size));
            rest = text.define("udiv i32 " + rest + ", " + size);
        }
        loopIds.put(order.getFirst(), rest);
    }

    /** {@return the condition that the work-item is one of the nest along each axis} */
    private String writeAxes(ModuleText text) {
        String inside = "true";
        int dimensions = launch.sizes().size();
        for (int dimension = 0; dimension < dimensions; dimension++) {
            String id = target.globalId(text, dimensions - 1 - dimension, groups);
            loopIds.put(dimension, id);
            String within =
                    text.define("icmp ult i32 " + id + ", " + launch.sizes().get(dimension));
            inside = text.define("and i1 " + inside + ", " + within);
        }
        return inside;
    }

    private void writeIds(ModuleText text) {
        for (Block block : function.blocks()) {
            for (Instruction i : block.body()) {
                if (i.op() instanceof Op.ThreadId id && !ids.containsKey(id)) {
                    ids.put(id, idOperand(text, id));
                }
            }
        }
    }

    private String idOperand(ModuleText text, Op.ThreadId id) {
        int axis = id.dimension();
        boolean exists = axis < launch.sizes().size();
        long groupSize = exists && !launch.loopNest() ? launch.groupSizes().get(axis) : 1;
        return switch (id.kind()) {
            case GLOBAL -> {
                if (launch.loopNest()) {
                    yield loopIds.getOrDefault(axis, "0");
                }
                yield exists ? target.globalId(text, axis, groups) : "0";
            }
            case GLOBAL_SIZE -> Long.toString(exists ? launch.sizes().get(axis) : 1);
            case LOCAL_SIZE -> Long.toString(groupSize);
            case LOCAL -> exists && !launch.loopNest() ? target.localId(text, axis, groups) : "0";
            case GROUP -> exists && !launch.loopNest() ? target.groupId(text, axis, groups) : "0";
        };
    }

    @Override
    public String id(Op.ThreadId id) {
        return ids.get(id);
    }

    @Override
    public String array(Op.NewArray array, int value) {
        return array.space() == Space.LOCAL ? "@" + symbol + "_local" + value : "%array." + value;
    }

    @Override
    public int arrayAlignment() {
        return GroupTarget.ARRAY_ALIGNMENT;
    }

    @Override
    public String accessNote() {
        return "";
    }

    @Override
    public void barrier(ModuleText text, Space space) {
        target.barrier(text, space, groups.items());
    }

    @Override
    public void barrier(ModuleText text, Space space, String stride) {
        target.barrier(text, space, groups, stride);
    }

    @Override
    public String leave() {
        return "br label %exit";
    }

    @Override
    public void close(ModuleText text) {
        text.label("exit");
        text.line("ret void");
        text.raw("}");
        target.annotate(text, symbol, groups);
    }

    private KernelException refuse(int line, String reason) {
        return new KernelException(function.declaredIn() + "." + function.name(), line, reason);
    }
}
