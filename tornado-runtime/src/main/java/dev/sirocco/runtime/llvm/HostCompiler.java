package dev.sirocco.runtime.llvm;

import dev.sirocco.runtime.codegen.VectorForms;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Compiles LLVM IR for the processor that this process runs on, and loads it. Thread-safe. */
public final class HostCompiler {
    /**
     * LLVM's own pipeline unrolls short loops before it vectorises, which leaves the lanes that a kernel spells out
     * as a loop over a private array to be found again in straight-line code. So loops are vectorised once before:
     * for such kernels that is faster code (up to 25 times) and a shorter compilation.
     */
    private static final String PASSES = """
            function(sroa,early-cse<memssa>,simplifycfg,instcombine<no-verify-fixpoint>,
            loop-mssa(loop-simplifycfg,licm,loop-rotate,licm),
            simplifycfg,instcombine<no-verify-fixpoint>,loop(indvars),loop-vectorize),
            default<O3>""".replace("\n", "");

    /** What remains to be done once the functions that were kept for the vectoriser are inlined. */
    private static final String LATE_PASSES = """
            always-inline,
            function(instcombine<no-verify-fixpoint>,early-cse,loop-mssa(licm),gvn,
            instcombine<no-verify-fixpoint>,simplifycfg),
            globaldce""".replace("\n", "");

    private final LlvmNative llvm;
    private final String version;
    private final Machine machine;
    private final long target;
    private final long jit;

    HostCompiler(LlvmNative llvm, Machine machine, long target) {
        this.llvm = llvm;
        this.version = llvm.version();
        this.machine = machine;
        this.target = target;
        this.jit = llvm.createJit();
    }

    /**
     * @throws LlvmException when this LLVM has no code generator for the host
     */
    static HostCompiler create(LlvmNative llvm) {
        String arch = System.getProperty("os.arch");
        llvm.initializeTarget(
                switch (arch) {
                    case "amd64", "x86_64" -> "X86";
                    case "aarch64" -> "AArch64";
                    default -> throw new LlvmException("no code generator for " + arch);
                });
        Machine machine = new Machine(llvm.defaultTriple(), llvm.hostCpu(), llvm.hostFeatures());
        return new HostCompiler(llvm, machine, llvm.targetFromTriple(machine.triple()));
    }

    /** {@return the library that this compiler uses} */
    LlvmNative llvm() {
        return llvm;
    }

    /** {@return LLVM's version, such as 20.1.7} */
    public String version() {
        return version;
    }

    /** {@return what is compiled for} */
    public Machine machine() {
        return machine;
    }

    /** {@return everything besides the IR that the machine code depends on} */
    String options() {
        return String.join("\n", version, machine.triple(), machine.cpu(), machine.features(), PASSES, LATE_PASSES);
    }

    /**
     * {@return an object file in which the function {@code symbol} of the module is called {@code linkName}}
     *
     * @param ir    LLVM IR
     * @param print where IR and assembly are printed, or null
     * @throws LlvmException with LLVM's message
     */
    byte[] compile(String ir, String symbol, String linkName, PrintStream print) {
        if (print != null) {
            print.println(ir);
        }
        try (MachineModule module = new MachineModule(llvm, machine, target, symbol, ir)) {
            module.rename(symbol, linkName);
            module.optimise(PASSES);
            if (module.allowInlining(VectorForms.LATE)) {
                module.optimise(LATE_PASSES);
            }
            if (print != null) {
                print.println("; " + symbol + " after " + PASSES + "\n" + module.print());
                print.println("# " + symbol + " for " + machine.cpu() + "\n" + module.assembly());
            }
            return module.object();
        }
    }

    /** {@return the address of a function of an object file, which stays loaded for the rest of the process} */
    MemorySegment load(byte[] object, String linkName) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment content = arena.allocate(object.length);
            content.copyFrom(MemorySegment.ofArray(object));
            llvm.addObject(jit, llvm.createMemoryBuffer(content, linkName));
        }
        return MemorySegment.ofAddress(llvm.lookup(jit, linkName));
    }
}
