package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.WarpTiles;
import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Type.Space;
import dev.sirocco.runtime.ir.Value;
import dev.sirocco.runtime.pass.ReadAhead;
import java.util.ArrayList;
import java.util.List;

/** Writes a kernel as OpenCL C. */
public final class OpenClEmitter {
    /** A work-item's arrays lie in memory that a device has little of. */
    private static final int MAX_PRIVATE_BYTES = 256 << 10;

    private static final String ROUNDED = "-cl-fp32-correctly-rounded-divide-sqrt";

    private final Function function;
    private final Launch launch;
    private final OpenClTarget target;
    private final Prelude prelude = new Prelude();
    private final Variables variables = new Variables();

    private OpenClEmitter(Function function, Launch launch, OpenClTarget target) {
        this.function = function;
        this.launch = launch;
        this.target = target;
    }

    /**
     * {@return a program with one kernel, named by {@link #symbol}}
     *
     * <p>The kernel's arguments are the function's array parameters, in order and without gaps for others; local memory
     * is declared inside. An {@code @Parallel} nest is launched with its innermost loop as dimension 0, over exactly
     * its sizes, or as many groups of {@link Launch#groupSizes} as cover them: work-items past the end return. A grid
     * is launched as it is, in groups of that size.
     *
     * @param function a kernel as the front end leaves it: no calls, no scalar parameters in use
     * @param launch   what it is compiled for; of a grid only the number of dimensions and the sizes of groups matter
     * @param target   what the device's compiler has
     * @throws KernelException when the device cannot run such a kernel
     */
    public static String emit(Function function, Launch launch, OpenClTarget target) {
        Function kernel = target.processor() ? ReadAhead.insert(function) : function;
        return new OpenClEmitter(kernel, launch, target).program();
    }

    /**
     * Refuses a kernel that an OpenCL device cannot run, in whatever form it is given its code.
     *
     * @throws KernelException with the reason
     */
    public static void check(Function function, Launch launch, OpenClTarget target) {
        new OpenClEmitter(function, launch, target).check();
    }

    /** {@return the name of the kernel in a program; no built-in function of OpenCL has such a name} */
    public static String symbol(Function function) {
        StringBuilder name = new StringBuilder("sirocco_");
        (function.declaredIn() + "_" + function.name())
                .chars()
                .forEach(c -> name.append(Variables.isPlain(c) ? (char) c : '_'));
        return name.toString();
    }

    /** {@return the options that a program must be built with, for its floating-point arithmetic to be as asked} */
    public static String buildOptions(FloatMode floats, OpenClTarget target) {
        return switch (floats) {
            case STRICT -> "-cl-std=CL1.2" + (target.roundedDivision() ? " " + ROUNDED : "");
            case RELAXED -> "-cl-std=CL1.2 -cl-mad-enable -cl-no-signed-zeros -cl-unsafe-math-optimizations";
        };
    }

    /** {@return the same for modules of SPIR-V, which say themselves what may be fused and reordered} */
    public static String moduleOptions(FloatMode floats, OpenClTarget target) {
        return floats == FloatMode.STRICT && target.roundedDivision() ? ROUNDED : "";
    }

    private String program() {
        check();
        List<String> parameters = new ArrayList<>();
        for (int i = 0; i < function.parameters().size(); i++) {
            Value parameter = function.parameters().get(i);
            if (parameter.type() instanceof Type.Array) {
                parameters.add("        " + parameter(parameter, i));
            }
        }
        String body = new KernelBody(function, launch, target, prelude, variables).text(function);
        StringBuilder program = new StringBuilder("// kernel " + function.declaredIn() + "." + function.name() + "\n");
        if (launch.floats() == FloatMode.STRICT) {
            program.append("#pragma OPENCL FP_CONTRACT OFF\n");
        }
        return program.append(prelude.text())
                .append("\n__kernel ")
                .append(new WorkItem(launch).attribute())
                .append("void ")
                .append(symbol(function))
                .append("(\n")
                .append(String.join(",\n", parameters))
                .append(") {\n")
                .append(body)
                .append("}\n")
                .toString();
    }

    private String parameter(Value parameter, int position) {
        String element = CText.element(parameter.array().element());
        String constant = isWritten(parameter) ? "" : "const ";
        String restrict = launch.isApart(position) ? "restrict " : "";
        Variable variable = variables.add(parameter, "__global " + constant + element + " *", "");
        return "__global " + constant + element + " *" + restrict + variable;
    }

    private boolean isWritten(Value array) {
        return function.blocks().stream()
                .flatMap(block -> block.body().stream())
                .anyMatch(i -> switch (i.op()) {
                    case Op.Store store -> store.array().equals(array);
                    case Op.AtomicAdd add -> add.array().equals(array);
                    default -> false;
                });
    }

    /** Refuses what the device does not have. */
    private void check() {
        if (launch.sizes().size() > WorkItem.DIMENSIONS) {
            throw refuse(0, launch.sizes().size() + " nested @Parallel loops; OpenCL has three dimensions");
        }
        for (Value parameter : function.parameters()) {
            checkType(parameter.type(), 0);
        }
        long privateBytes = 0;
        for (Block block : function.blocks()) {
            for (Instruction i : block.body()) {
                if (i.result() != null) {
                    checkType(i.result().type(), i.line());
                }
                String fault = fault(i.op());
                if (fault != null) {
                    throw refuse(i.line(), fault);
                }
                if (i.op() instanceof Op.NewArray array && array.space() == Space.PRIVATE) {
                    privateBytes += (long) array.length() * array.element().sizeBytes();
                }
                if (privateBytes > MAX_PRIVATE_BYTES) {
                    throw refuse(
                            i.line(),
                            "more than " + MAX_PRIVATE_BYTES
                                    + " bytes of private arrays; use an array argument instead");
                }
            }
        }
    }

    private String fault(Op op) {
        return switch (op) {
            case Op.Load load -> Memory.loadFault(load.array().array().element(), load.as());
            case Op.Store store ->
                Memory.storeFault(store.array().array().element(), store.value().scalar());
            case Op.AtomicAdd add
            when add.amount().type() == Scalar.I64 && !target.int64Atomics() ->
                "atomicAdd on long needs cl_khr_int64_base_atomics, which this device does not have; use int";
            case Op.Tile _ -> WarpTiles.NONE;
            case Op.Barrier _
            when launch.loopNest() ->
                "a barrier in a kernel without a work-group; give it a KernelContext and a GridScheduler";
            case Op.NewArray array
            when launch.loopNest() && array.space() == Space.LOCAL ->
                "a local array in a kernel without a work-group; give it a KernelContext and a GridScheduler";
            case Op.AtomicAdd _,
                    Op.Barrier _,
                    Op.NewArray _,
                    Op.ReadAhead _,
                    Op.Constant _,
                    Op.Binary _,
                    Op.Unary _,
                    Op.Compare _,
                    Op.Select _,
                    Op.Convert _,
                    Op.FloatBits _,
                    Op.HalfBits _,
                    Op.Length _,
                    Op.ThreadId _ -> null;
        };
    }

    /** {@return the failure of meeting an operation that {@link #check} lets no kernel have} */
    static IllegalStateException refused(Instruction i) {
        return new IllegalStateException("not legal for this target: " + i.op());
    }

    private void checkType(Type type, int line) {
        boolean isDouble = type == Scalar.F64 || type instanceof Type.Array array && array.element() == Scalar.F64;
        if (isDouble && !target.fp64()) {
            throw refuse(line, "it uses double, which this device does not have; use float");
        }
        if (isDouble) {
            prelude.extension("cl_khr_fp64");
        }
    }

    private KernelException refuse(int line, String reason) {
        return new KernelException(function.declaredIn() + "." + function.name(), line, reason);
    }
}
