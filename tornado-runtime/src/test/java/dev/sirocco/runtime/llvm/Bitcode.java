package dev.sirocco.runtime.llvm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Reads bitcode of this LLVM or an older one. */
public final class Bitcode {
    private Bitcode() {}

    /** {@return a module of bitcode as LLVM IR} */
    public static String text(HostCompiler host, byte[] bitcode) {
        LlvmNative llvm = host.llvm();
        long context = llvm.createContext();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment content = arena.allocate(bitcode.length).copyFrom(MemorySegment.ofArray(bitcode));
            long module = llvm.parse(context, llvm.createMemoryBuffer(content, "bitcode"));
            try {
                return llvm.print(module);
            } finally {
                llvm.disposeModule(module);
            }
        } finally {
            llvm.disposeContext(context);
        }
    }
}
