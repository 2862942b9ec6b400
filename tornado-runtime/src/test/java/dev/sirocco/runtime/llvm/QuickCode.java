package dev.sirocco.runtime.llvm;

import dev.sirocco.runtime.cache.Compilations;
import dev.sirocco.runtime.cache.Digest;
import java.lang.foreign.MemorySegment;

/**
 * Machine code that is run a few times: of IR as it is given, which takes LLVM a third of the time that {@link
 * CodeCache} takes. Equal IR is compiled once. Thread-safe.
 */
public final class QuickCode {
    private final HostCompiler host;
    private final long target;
    private final Compilations<MemorySegment> compilations = new Compilations<>();

    public QuickCode(HostCompiler host) {
        this.host = host;
        this.target = host.llvm().targetFromTriple(host.machine().triple());
    }

    /** {@return the address of a module's function} */
    public MemorySegment get(String ir, String symbol) {
        String linkName = symbol + "." + Digest.name(ir);
        return compilations
                .once(linkName, () -> host.load(compile(ir, symbol, linkName), linkName))
                .get();
    }

    private byte[] compile(String ir, String symbol, String linkName) {
        try (MachineModule module = new MachineModule(host.llvm(), host.machine(), target, symbol, ir)) {
            module.rename(symbol, linkName);
            return module.object();
        }
    }
}
