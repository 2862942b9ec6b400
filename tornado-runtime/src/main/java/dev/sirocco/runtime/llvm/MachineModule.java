package dev.sirocco.runtime.llvm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** One module in a context of its own, with a target machine of its own. Owned by one thread, which closes it. */
final class MachineModule implements AutoCloseable {
    private static final int AGGRESSIVE = 3;
    private static final int POSITION_INDEPENDENT = 2;
    private static final int ASSEMBLY = 0;
    private static final int OBJECT = 1;

    private final LlvmNative llvm;
    private final long context;
    private final long machine;
    private final long module;

    /**
     * Parses and verifies a module for a machine.
     *
     * @throws LlvmException with LLVM's message and the place in the text
     */
    MachineModule(LlvmNative llvm, Machine machine, long target, String name, String ir) {
        this.llvm = llvm;
        this.context = llvm.createContext();
        long created = 0;
        long parsed = 0;
        try {
            created = createMachine(llvm, machine, target);
            parsed = parse(name, ir);
            llvm.setTarget(parsed, machine.triple());
            llvm.setDataLayout(parsed, created);
            llvm.verify(parsed);
        } catch (LlvmException refused) {
            free(parsed, created);
            throw refused;
        }
        this.machine = created;
        this.module = parsed;
    }

    private static long createMachine(LlvmNative llvm, Machine machine, long target) {
        long options = llvm.createTargetMachineOptions();
        try {
            llvm.setTargetMachineOption("CPU", options, machine.cpu());
            llvm.setTargetMachineOption("Features", options, machine.features());
            llvm.setTargetMachineOption("CodeGenOptLevel", options, AGGRESSIVE);
            llvm.setTargetMachineOption("RelocMode", options, POSITION_INDEPENDENT);
            return llvm.createTargetMachine(target, machine.triple(), options);
        } finally {
            llvm.disposeTargetMachineOptions(options);
        }
    }

    private long parse(String name, String ir) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = ir.getBytes(StandardCharsets.UTF_8);
            MemorySegment text = arena.allocate(bytes.length);
            text.copyFrom(MemorySegment.ofArray(bytes));
            return llvm.parse(context, llvm.createMemoryBuffer(text, name));
        }
    }

    void rename(String function, String newName) {
        llvm.renameFunction(module, function, newName);
    }

    void optimise(String passes) {
        llvm.runPasses(module, passes, machine);
    }

    /**
     * Lets functions be inlined that were kept from it until loops were vectorised. {@return whether there are any}
     *
     * @param mark the attribute that marks them
     */
    boolean allowInlining(String mark) {
        boolean any = false;
        for (long function : llvm.functions(module)) {
            if (llvm.hasAttribute(function, mark)) {
                llvm.replaceAttribute(context, function, "noinline", "alwaysinline");
                any = true;
            }
        }
        return any;
    }

    /** {@return the module as LLVM IR} */
    String print() {
        return llvm.print(module);
    }

    /** {@return the module as assembly; the module stays as it is} */
    String assembly() {
        long copy = llvm.cloneModule(module);
        try {
            return new String(emit(copy, ASSEMBLY), StandardCharsets.UTF_8);
        } finally {
            llvm.disposeModule(copy);
        }
    }

    /** {@return the module as assembly; the module is used up} */
    byte[] lastAssembly() {
        return emit(module, ASSEMBLY);
    }

    /** {@return the module as an object file; the module is used up} */
    byte[] object() {
        return emit(module, OBJECT);
    }

    private byte[] emit(long from, int fileType) {
        long buffer = llvm.emit(machine, from, fileType);
        try {
            return llvm.bufferContent(buffer);
        } finally {
            llvm.disposeMemoryBuffer(buffer);
        }
    }

    @Override
    public void close() {
        free(module, machine);
    }

    private void free(long usedModule, long usedMachine) {
        if (usedModule != 0) {
            llvm.disposeModule(usedModule);
        }
        if (usedMachine != 0) {
            llvm.disposeTargetMachine(usedMachine);
        }
        llvm.disposeContext(context);
    }
}
