package dev.sirocco.runtime.llvm;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Compiles LLVM IR for devices other than the host: to PTX for NVIDIA's GPUs, and to SPIR-V. Thread-safe. */
public final class DeviceCompiler {
    private static final String PTX_PASSES = "default<O3>";

    /** Counts changes of this class that change the PTX of the same IR, so that what was kept before is made again. */
    private static final int PTX_REVISION = 2;

    /**
     * SPIR-V is compiled again by the device's driver, which knows the device: loops stay rolled and scalar. Without
     * instcombine, which makes forms of arithmetic that become instructions older translators do not know. Names go,
     * because the generator confuses those of blocks.
     */
    private static final String SPIRV_PASSES = """
            always-inline,globaldce,
            function(sroa,early-cse<memssa>,simplifycfg,loop-mssa(loop-simplifycfg,licm),gvn,simplifycfg,dce),
            strip""".replace("\n", "");

    /** LLVM's generator of SPIR-V keeps its state in one place for the process. */
    private static final Object SPIRV_STATE = new Object();

    private static final int SPIRV_ATTEMPTS = 64;

    private static final String SPIRV_TRIPLE = "spirv64v1.2-unknown-unknown";

    private final LlvmNative llvm;
    private final Machine machine;
    private final long target;
    private final String passes;
    private final boolean text;

    private DeviceCompiler(LlvmNative llvm, String name, Machine machine, String passes, boolean text) {
        llvm.initializeTarget(name);
        this.llvm = llvm;
        this.machine = machine;
        this.target = llvm.targetFromTriple(machine.triple());
        this.passes = passes;
        this.text = text;
    }

    /**
     * {@return a compiler to PTX text}
     *
     * @throws LlvmException when this LLVM has no code generator for it
     */
    public static DeviceCompiler ptx(HostCompiler host, NvidiaArchitecture architecture) {
        return new DeviceCompiler(host.llvm(), "NVPTX", architecture.machine(), PTX_PASSES, true);
    }

    /**
     * {@return a compiler to SPIR-V 1.2 modules for OpenCL}
     *
     * @throws LlvmException when this LLVM has no code generator for it
     */
    public static DeviceCompiler spirv(HostCompiler host) {
        return new DeviceCompiler(host.llvm(), "SPIRV", new Machine(SPIRV_TRIPLE, "", ""), SPIRV_PASSES, false);
    }

    /**
     * {@return everything besides the IR that PTX depends on}, known without LLVM: the version is the one that this
     * program was built with
     */
    public static String ptxOptions(NvidiaArchitecture architecture) {
        Machine machine = architecture.machine();
        return String.join(
                "\n", LibraryFile.version(), machine.cpu(), machine.features(), PTX_PASSES, "" + PTX_REVISION);
    }

    /** {@return everything besides the IR that a SPIR-V module depends on}, known without LLVM */
    public static String spirvOptions() {
        return String.join("\n", LibraryFile.version(), SPIRV_TRIPLE, SPIRV_PASSES);
    }

    /**
     * {@return PTX text as UTF-8, or a SPIR-V module}
     *
     * @param ir     LLVM IR
     * @param symbol the kernel's name in it, for messages
     * @param print  where IR and PTX are printed, or null
     * @throws LlvmException with LLVM's message
     */
    public byte[] compile(String ir, String symbol, PrintStream print) {
        if (print != null) {
            print.println(ir);
        }
        byte[] code = text ? ptx(ir, symbol, print) : spirv(ir, symbol, print);
        if (print != null) {
            print.println("// " + symbol + " for " + machine.triple() + " " + machine.cpu());
            print.println(text ? new String(code, StandardCharsets.UTF_8) : "// " + code.length + " bytes of SPIR-V");
        }
        return code;
    }

    /**
     * LLVM 20 remembers the sizes of groups by addresses of modules, from optimising on, and forgets those of the
     * module that is written. So it must be the one that was optimised: a later module at its address would be taken
     * to have groups of its size, and lose the check of its range.
     */
    private byte[] ptx(String ir, String symbol, PrintStream print) {
        try (MachineModule module = optimised(ir, symbol, print)) {
            return module.lastAssembly();
        }
    }

    private MachineModule optimised(String ir, String symbol, PrintStream print) {
        MachineModule module = new MachineModule(llvm, machine, target, symbol, ir);
        module.optimise(passes);
        if (print != null) {
            print.println("; " + symbol + " after " + passes + "\n" + module.print());
        }
        return module;
    }

    /**
     * LLVM 20 numbers a function's blocks by a table whose keys are addresses of functions, and which outlives them: a
     * function that is made where an earlier one was gets some of its numbers. These may be above the bound that the
     * generator gives, or a value's or a type's as well, so blocks are numbered anew. Where two blocks have one number,
     * the module is made again while the refused ones are still held, so that its function lies elsewhere.
     */
    private byte[] spirv(String ir, String symbol, PrintStream print) {
        List<MachineModule> attempts = new ArrayList<>();
        synchronized (SPIRV_STATE) {
            try {
                for (int attempt = 0; attempt < SPIRV_ATTEMPTS; attempt++) {
                    MachineModule module = optimised(ir, symbol, attempt == 0 ? print : null);
                    attempts.add(module);
                    byte[] made = module.object();
                    if (SpirvIds.repair(made)) {
                        return SpirvConstants.spellOut(made);
                    }
                }
            } finally {
                attempts.forEach(MachineModule::close);
            }
        }
        throw new LlvmException("the generator of SPIR-V gives the same id to two things, again and again");
    }
}
