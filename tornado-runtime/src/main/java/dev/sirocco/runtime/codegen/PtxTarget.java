package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Type.Space;

/** NVIDIA's GPUs, through PTX. */
public record PtxTarget() implements GroupTarget {
    private static final int WARP = WarpReductions.WARP;

    private static final String REDUCTION_BARRIER = "sirocco.reduction.barrier";
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
    public boolean unrollsForArrays() {
        return true;
    }

    @Override
    public WarpReductions reductions(Function function, Launch launch) {
        return launch.loopNest() || launch.groupSizes().isEmpty()
                ? WarpReductions.none(function)
                : WarpReductions.of(function, Groups.of(launch));
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

    /**
     * From a stride of a warp on, the first warp is alone with its work: it orders its own accesses, which takes a few
     * cycles, and the group meets once at the end. The choice is folded where the loop is unrolled.
     */
    @Override
    public void barrier(ModuleText text, Space space, Groups groups, String stride) {
        boolean wholeWarps = groups.items() == groups.sizes().getFirst() && groups.items() % WARP == 0;
        if (!wholeWarps || groups.items() <= WARP) {
            barrier(text, space, groups.items());
            return;
        }
        String warp = text.intrinsic("llvm.nvvm.bar.warp.sync", "void", "i32");
        String group = text.intrinsic("llvm.nvvm.barrier0", "void");
        String helper = text.helper(REDUCTION_BARRIER, """
                define internal void @NAME(i32 %stride) alwaysinline convergent nounwind {
                  %above = sub i32 %stride, 2
                  %within = icmp ult i32 %above, LIMIT
                  br i1 %within, label %warp, label %group
                warp:
                  call void BARWARP(i32 -1)
                  ret void
                group:
                  call void BARGROUP()
                  ret void
                }
                """.replace("NAME", REDUCTION_BARRIER)
                .replace("LIMIT", Integer.toString(WARP - 1))
                .replace("BARWARP", warp)
                .replace("BARGROUP", group));
        text.line("call void " + helper + "(i32 " + stride + ")");
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
    public String refusal(Op op, Groups groups) {
        return op instanceof Op.Binary(Op.Binary.Kind kind, var left, var _)
                        && kind == Op.Binary.Kind.REM
                        && (left.type() == Scalar.F32 || left.type() == Scalar.F64)
                ? "the remainder of floats is not exact on NVIDIA's GPUs; write x - y * TornadoMath.floor(x / y)"
                : WarpTiles.refusal(op, groups);
    }
}
