package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Type.Space;

/** NVIDIA's GPUs, through PTX. */
public record PtxTarget() implements GroupTarget {
    /** Work-items that run in lockstep and need no barrier among themselves but an ordering of their accesses. */
    private static final int WARP = 32;

    private static final int MAX_STATIC_SHARED_BYTES = 48 << 10;
    private static final int MAX_THREADS = 1024;
    private static final String[] AXES = {"x", "y", "z"};

    @Override
    public String triple() {
        return "nvptx64-nvidia-cuda";
    }

    @Override
    public Dialect dialect() {
        return Dialect.PTX;
    }

    @Override
    public DotUnit dotUnit() {
        return DotUnit.DP4A;
    }

    @Override
    public String convention() {
        return "ptx_kernel";
    }

    @Override
    public int maxLocalBytes() {
        return MAX_STATIC_SHARED_BYTES;
    }

    @Override
    public int maxGroupSize() {
        return MAX_THREADS;
    }

    @Override
    public boolean flattensLoops() {
        return true;
    }

    @Override
    public String localId(ModuleText text, int axis, Groups groups) {
        return register(text, "tid", axis, groups.sizes().get(axis));
    }

    @Override
    public String groupId(ModuleText text, int axis, Groups groups) {
        return register(text, "ctaid", axis, groups.counts().get(axis));
    }

    private static String register(ModuleText text, String name, int axis, long limit) {
        if (limit == 1) {
            return "0";
        }
        String read = text.intrinsic("llvm.nvvm.read.ptx.sreg." + name + "." + AXES[axis], "i32");
        return text.define("call range(i32 0, " + limit + ") i32 " + read + "()");
    }

    @Override
    public String globalId(ModuleText text, int axis, Groups groups) {
        String group = groupId(text, axis, groups);
        String first =
                text.define("mul nuw nsw i32 " + group + ", " + groups.sizes().get(axis));
        return text.define("add nuw nsw i32 " + first + ", " + localId(text, axis, groups));
    }

    @Override
    public void barrier(ModuleText text, Space space, long groupItems) {
        if (groupItems <= WARP) {
            String mask = Integer.toString(groupItems == WARP ? -1 : (1 << groupItems) - 1);
            text.line("call void " + text.intrinsic("llvm.nvvm.bar.warp.sync", "void", "i32") + "(i32 " + mask + ")");
        } else {
            text.line("call void " + text.intrinsic("llvm.nvvm.barrier0", "void") + "()");
        }
    }

    @Override
    public String attributes(ModuleText text, Launch launch) {
        return "nounwind nofree norecurse mustprogress ";
    }

    @Override
    public void annotate(ModuleText text, String symbol, Groups groups) {
        StringBuilder sizes = new StringBuilder();
        for (int axis = 0; axis < AXES.length; axis++) {
            sizes.append(", !\"reqntid").append(AXES[axis]).append("\", i32 ");
            sizes.append(groups.sizes().get(axis));
        }
        text.raw("\n!nvvm.annotations = !{" + text.metadata("!{ptr @" + symbol + sizes + "}") + "}");
    }

    @Override
    public String refusal(Op op) {
        return op instanceof Op.Binary(Op.Binary.Kind kind, var left, var _)
                        && kind == Op.Binary.Kind.REM
                        && (left.type() == Scalar.F32 || left.type() == Scalar.F64)
                ? "the remainder of floats is not exact on NVIDIA's GPUs; write x - y * TornadoMath.floor(x / y)"
                : null;
    }
}
