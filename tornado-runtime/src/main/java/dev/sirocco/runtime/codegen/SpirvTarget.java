package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type.Space;

/** OpenCL devices that take SPIR-V. Work-item functions have the names that OpenCL C gives them. */
public record SpirvTarget() implements GroupTarget {
    private static final int LOCAL_FENCE = 1;
    private static final int GLOBAL_FENCE = 2;

    @Override
    public String triple() {
        return "spirv64v1.2-unknown-unknown";
    }

    @Override
    public Dialect dialect() {
        return Dialect.SPIRV;
    }

    @Override
    public DotUnit dotUnit() {
        return DotUnit.NONE;
    }

    @Override
    public String convention() {
        return "spir_kernel";
    }

    /** The device knows its own limits, and the driver asks it. */
    @Override
    public int maxLocalBytes() {
        return Integer.MAX_VALUE;
    }

    @Override
    public int maxGroupSize() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean flattensLoops() {
        return false;
    }

    @Override
    public String localId(ModuleText text, int axis, Groups groups) {
        return id(text, "_Z12get_local_idj", axis);
    }

    @Override
    public String groupId(ModuleText text, int axis, Groups groups) {
        return id(text, "_Z12get_group_idj", axis);
    }

    @Override
    public String globalId(ModuleText text, int axis, Groups groups) {
        return id(text, "_Z13get_global_idj", axis);
    }

    private static String id(ModuleText text, String function, int axis) {
        String wide = text.define(
                "call spir_func i64 " + text.intrinsic(function, "spir_func i64", "i32") + "(i32 " + axis + ")");
        return text.define("trunc i64 " + wide + " to i32");
    }

    @Override
    public void barrier(ModuleText text, Space space, long groupItems) {
        int fences = space == Space.LOCAL ? LOCAL_FENCE : LOCAL_FENCE | GLOBAL_FENCE;
        text.line("call spir_func void " + text.intrinsic("_Z7barrierj", "spir_func void", "i32") + "(i32 " + fences
                + ") convergent");
    }

    @Override
    public String attributes(ModuleText text, Launch launch) {
        if (launch.loopNest()) {
            return "nounwind ";
        }
        StringBuilder sizes = new StringBuilder();
        for (long size : Groups.of(launch).sizes()) {
            sizes.append(sizes.isEmpty() ? "" : ", ").append("i32 ").append(size);
        }
        return "nounwind !reqd_work_group_size " + text.metadata("!{" + sizes + "}") + " ";
    }

    @Override
    public void annotate(ModuleText text, String symbol, Groups groups) {
        text.raw("\n!opencl.enable.FP_CONTRACT = !{}");
    }

    @Override
    public String refusal(Op op, Groups groups) {
        return op instanceof Op.Tile ? WarpTiles.NONE : null;
    }
}
