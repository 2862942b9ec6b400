package dev.sirocco.runtime.llvm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * LLVM's C functions, one method each, with the C declaration above it. Handles are addresses as longs; 0 is null. What
 * C reports through a status or a message arrives as an {@link LlvmException} that carries the function and the
 * message.
 */
final class LlvmNative {
    private static final int RETURN_STATUS = 2;
    private static final long ON_FUNCTION = 0xFFFF_FFFFL;
    private static final long MAX_MESSAGE_BYTES = 1L << 30;

    private final SymbolLookup library;

    LlvmNative(SymbolLookup library) {
        this.library = library;
    }

    /** {@return whether the library has a function} */
    boolean has(String function) {
        return library.find(function).isPresent();
    }

    // void LLVMGetVersion(unsigned *Major, unsigned *Minor, unsigned *Patch)
    String version() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocate(12, 4);
            long address = numbers.address();
            call("LLVMGetVersion", address, address + 4, address + 8);
            return numbers.get(JAVA_INT, 0) + "." + numbers.get(JAVA_INT, 4) + "." + numbers.get(JAVA_INT, 8);
        }
    }

    // void LLVMInitialize<Target>TargetInfo(void), …Target, …TargetMC, …AsmPrinter
    void initializeTarget(String target) {
        for (String part : new String[] {"TargetInfo", "Target", "TargetMC", "AsmPrinter"}) {
            call("LLVMInitialize" + target + part);
        }
    }

    // char *LLVMGetDefaultTargetTriple(void)
    String defaultTriple() {
        return takeMessage(call("LLVMGetDefaultTargetTriple"));
    }

    // char *LLVMGetHostCPUName(void)
    String hostCpu() {
        return takeMessage(call("LLVMGetHostCPUName"));
    }

    // char *LLVMGetHostCPUFeatures(void)
    String hostFeatures() {
        return takeMessage(call("LLVMGetHostCPUFeatures"));
    }

    // LLVMBool LLVMGetTargetFromTriple(const char *Triple, LLVMTargetRef *T, char **ErrorMessage)
    long targetFromTriple(String triple) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(16, 8);
            long status = call(
                    "LLVMGetTargetFromTriple", arena.allocateFrom(triple).address(), out.address(), out.address() + 8);
            check("LLVMGetTargetFromTriple", status, out.get(JAVA_LONG, 8));
            return out.get(JAVA_LONG, 0);
        }
    }

    // LLVMTargetMachineOptionsRef LLVMCreateTargetMachineOptions(void)
    long createTargetMachineOptions() {
        return call("LLVMCreateTargetMachineOptions");
    }

    // void LLVMTargetMachineOptionsSetCPU(LLVMTargetMachineOptionsRef Options, const char *CPU), …SetFeatures
    void setTargetMachineOption(String which, long options, String value) {
        try (Arena arena = Arena.ofConfined()) {
            call(
                    "LLVMTargetMachineOptionsSet" + which,
                    options,
                    arena.allocateFrom(value).address());
        }
    }

    // void LLVMTargetMachineOptionsSetCodeGenOptLevel(LLVMTargetMachineOptionsRef Options, LLVMCodeGenOptLevel Level),
    // …SetRelocMode
    void setTargetMachineOption(String which, long options, int value) {
        call("LLVMTargetMachineOptionsSet" + which, options, value);
    }

    // void LLVMDisposeTargetMachineOptions(LLVMTargetMachineOptionsRef Options)
    void disposeTargetMachineOptions(long options) {
        call("LLVMDisposeTargetMachineOptions", options);
    }

    // LLVMTargetMachineRef LLVMCreateTargetMachineWithOptions(LLVMTargetRef T, const char *Triple,
    //     LLVMTargetMachineOptionsRef Options)
    long createTargetMachine(long target, String triple, long options) {
        try (Arena arena = Arena.ofConfined()) {
            return call(
                    "LLVMCreateTargetMachineWithOptions",
                    target,
                    arena.allocateFrom(triple).address(),
                    options);
        }
    }

    // void LLVMDisposeTargetMachine(LLVMTargetMachineRef T)
    void disposeTargetMachine(long machine) {
        call("LLVMDisposeTargetMachine", machine);
    }

    // LLVMTargetDataRef LLVMCreateTargetDataLayout(LLVMTargetMachineRef T)
    // void LLVMSetModuleDataLayout(LLVMModuleRef M, LLVMTargetDataRef DL); void
    // LLVMDisposeTargetData(LLVMTargetDataRef)
    void setDataLayout(long module, long machine) {
        long layout = call("LLVMCreateTargetDataLayout", machine);
        call("LLVMSetModuleDataLayout", module, layout);
        call("LLVMDisposeTargetData", layout);
    }

    // void LLVMSetTarget(LLVMModuleRef M, const char *Triple)
    void setTarget(long module, String triple) {
        try (Arena arena = Arena.ofConfined()) {
            call("LLVMSetTarget", module, arena.allocateFrom(triple).address());
        }
    }

    // LLVMContextRef LLVMContextCreate(void)
    long createContext() {
        return call("LLVMContextCreate");
    }

    // void LLVMContextDispose(LLVMContextRef C)
    void disposeContext(long context) {
        call("LLVMContextDispose", context);
    }

    // LLVMMemoryBufferRef LLVMCreateMemoryBufferWithMemoryRangeCopy(const char *InputData, size_t InputDataLength,
    //     const char *BufferName)
    long createMemoryBuffer(MemorySegment content, String name) {
        try (Arena arena = Arena.ofConfined()) {
            return call(
                    "LLVMCreateMemoryBufferWithMemoryRangeCopy",
                    content.address(),
                    content.byteSize(),
                    arena.allocateFrom(name).address());
        }
    }

    // const char *LLVMGetBufferStart(LLVMMemoryBufferRef MemBuf); size_t LLVMGetBufferSize(LLVMMemoryBufferRef MemBuf)
    @SuppressWarnings("restricted")
    byte[] bufferContent(long buffer) {
        return MemorySegment.ofAddress(call("LLVMGetBufferStart", buffer))
                .reinterpret(call("LLVMGetBufferSize", buffer))
                .toArray(JAVA_BYTE);
    }

    // void LLVMDisposeMemoryBuffer(LLVMMemoryBufferRef MemBuf)
    void disposeMemoryBuffer(long buffer) {
        call("LLVMDisposeMemoryBuffer", buffer);
    }

    // LLVMBool LLVMParseIRInContext(LLVMContextRef ContextRef, LLVMMemoryBufferRef MemBuf, LLVMModuleRef *OutM,
    //     char **OutMessage); takes the buffer
    long parse(long context, long buffer) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(16, 8);
            long status = call("LLVMParseIRInContext", context, buffer, out.address(), out.address() + 8);
            check("LLVMParseIRInContext", status, out.get(JAVA_LONG, 8));
            return out.get(JAVA_LONG, 0);
        }
    }

    // LLVMBool LLVMVerifyModule(LLVMModuleRef M, LLVMVerifierFailureAction Action, char **OutMessage)
    void verify(long module) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(8, 8);
            long status = call("LLVMVerifyModule", module, RETURN_STATUS, out.address());
            String message = takeMessage(out.get(JAVA_LONG, 0));
            if ((int) status != 0) {
                throw new LlvmException("LLVMVerifyModule: " + message.strip());
            }
        }
    }

    // LLVMModuleRef LLVMCloneModule(LLVMModuleRef M)
    long cloneModule(long module) {
        return call("LLVMCloneModule", module);
    }

    // LLVMValueRef LLVMGetNamedFunction(LLVMModuleRef M, const char *Name)
    // void LLVMSetValueName2(LLVMValueRef Val, const char *Name, size_t NameLen)
    void renameFunction(long module, String name, String newName) {
        try (Arena arena = Arena.ofConfined()) {
            long function = call(
                    "LLVMGetNamedFunction", module, arena.allocateFrom(name).address());
            if (function == 0) {
                throw new LlvmException("LLVMGetNamedFunction: the module has no function " + name);
            }
            MemorySegment bytes = arena.allocateFrom(newName);
            call("LLVMSetValueName2", function, bytes.address(), bytes.byteSize() - 1);
        }
    }

    // LLVMValueRef LLVMGetFirstFunction(LLVMModuleRef M), LLVMGetNextFunction(LLVMValueRef Fn)
    List<Long> functions(long module) {
        List<Long> functions = new ArrayList<>();
        for (long f = call("LLVMGetFirstFunction", module); f != 0; f = call("LLVMGetNextFunction", f)) {
            functions.add(f);
        }
        return functions;
    }

    // LLVMAttributeRef LLVMGetStringAttributeAtIndex(LLVMValueRef F, LLVMAttributeIndex Idx, const char *K, unsigned
    // KLen)
    boolean hasAttribute(long function, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(name);
            return call("LLVMGetStringAttributeAtIndex", function, ON_FUNCTION, bytes.address(), bytes.byteSize() - 1)
                    != 0;
        }
    }

    // unsigned LLVMGetEnumAttributeKindForName(const char *Name, size_t SLen)
    // void LLVMRemoveEnumAttributeAtIndex(LLVMValueRef F, LLVMAttributeIndex Idx, unsigned KindID)
    // LLVMAttributeRef LLVMCreateEnumAttribute(LLVMContextRef C, unsigned KindID, uint64_t Val)
    // void LLVMAddAttributeAtIndex(LLVMValueRef F, LLVMAttributeIndex Idx, LLVMAttributeRef A)
    void replaceAttribute(long context, long function, String old, String replacement) {
        call("LLVMRemoveEnumAttributeAtIndex", function, ON_FUNCTION, attributeKind(old));
        long attribute = call("LLVMCreateEnumAttribute", context, attributeKind(replacement), 0);
        call("LLVMAddAttributeAtIndex", function, ON_FUNCTION, attribute);
    }

    private long attributeKind(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(name);
            return call("LLVMGetEnumAttributeKindForName", bytes.address(), bytes.byteSize() - 1);
        }
    }

    // void LLVMDisposeModule(LLVMModuleRef M)
    void disposeModule(long module) {
        call("LLVMDisposeModule", module);
    }

    // char *LLVMPrintModuleToString(LLVMModuleRef M)
    String print(long module) {
        return takeMessage(call("LLVMPrintModuleToString", module));
    }

    // LLVMPassBuilderOptionsRef LLVMCreatePassBuilderOptions(void)
    // LLVMErrorRef LLVMRunPasses(LLVMModuleRef M, const char *Passes, LLVMTargetMachineRef TM,
    //     LLVMPassBuilderOptionsRef Options)
    // void LLVMDisposePassBuilderOptions(LLVMPassBuilderOptionsRef Options)
    void runPasses(long module, String passes, long machine) {
        long options = call("LLVMCreatePassBuilderOptions");
        try (Arena arena = Arena.ofConfined()) {
            long error =
                    call("LLVMRunPasses", module, arena.allocateFrom(passes).address(), machine, options);
            check("LLVMRunPasses", error);
        } finally {
            call("LLVMDisposePassBuilderOptions", options);
        }
    }

    // LLVMBool LLVMTargetMachineEmitToMemoryBuffer(LLVMTargetMachineRef T, LLVMModuleRef M,
    //     LLVMCodeGenFileType codegen, char **ErrorMessage, LLVMMemoryBufferRef *OutMemBuf)
    long emit(long machine, long module, int fileType) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(16, 8);
            long status = call(
                    "LLVMTargetMachineEmitToMemoryBuffer", machine, module, fileType, out.address(), out.address() + 8);
            check("LLVMTargetMachineEmitToMemoryBuffer", status, out.get(JAVA_LONG, 0));
            return out.get(JAVA_LONG, 8);
        }
    }

    // LLVMErrorRef LLVMOrcCreateLLJIT(LLVMOrcLLJITRef *Result, LLVMOrcLLJITBuilderRef Builder)
    long createJit() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(8, 8);
            check("LLVMOrcCreateLLJIT", call("LLVMOrcCreateLLJIT", out.address(), 0));
            return out.get(JAVA_LONG, 0);
        }
    }

    // LLVMOrcJITDylibRef LLVMOrcLLJITGetMainJITDylib(LLVMOrcLLJITRef J)
    // LLVMErrorRef LLVMOrcLLJITAddObjectFile(LLVMOrcLLJITRef J, LLVMOrcJITDylibRef JD, LLVMMemoryBufferRef ObjBuffer);
    //     takes the buffer
    void addObject(long jit, long buffer) {
        long library = call("LLVMOrcLLJITGetMainJITDylib", jit);
        check("LLVMOrcLLJITAddObjectFile", call("LLVMOrcLLJITAddObjectFile", jit, library, buffer));
    }

    // LLVMErrorRef LLVMOrcLLJITLookup(LLVMOrcLLJITRef J, LLVMOrcExecutorAddress *Result, const char *Name)
    long lookup(long jit, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(8, 8);
            check(
                    "LLVMOrcLLJITLookup",
                    call(
                            "LLVMOrcLLJITLookup",
                            jit,
                            out.address(),
                            arena.allocateFrom(name).address()));
            return out.get(JAVA_LONG, 0);
        }
    }

    private long call(String function, long... arguments) {
        long[] six = Arrays.copyOf(arguments, 6);
        MemorySegment address =
                library.find(function).orElseThrow(() -> new LlvmException(function + " is not in this build of LLVM"));
        return NativeCall.call(address, six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    /** Fails when a status of type LLVMBool is not 0; frees the message. */
    private void check(String function, long status, long message) {
        if ((int) status != 0) {
            throw new LlvmException(function + ": " + takeMessage(message).strip());
        }
    }

    // char *LLVMGetErrorMessage(LLVMErrorRef Err), frees the error; void LLVMDisposeErrorMessage(char *ErrMsg)
    private void check(String function, long error) {
        if (error != 0) {
            long message = call("LLVMGetErrorMessage", error);
            String text = string(message);
            call("LLVMDisposeErrorMessage", message);
            throw new LlvmException(function + ": " + text.strip());
        }
    }

    // void LLVMDisposeMessage(char *Message)
    private String takeMessage(long message) {
        if (message == 0) {
            return "";
        }
        String text = string(message);
        call("LLVMDisposeMessage", message);
        return text;
    }

    @SuppressWarnings("restricted")
    private static String string(long address) {
        return MemorySegment.ofAddress(address).reinterpret(MAX_MESSAGE_BYTES).getString(0);
    }
}
