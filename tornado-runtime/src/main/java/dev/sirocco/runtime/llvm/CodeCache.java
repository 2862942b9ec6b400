package dev.sirocco.runtime.llvm;

import dev.sirocco.runtime.cache.CacheFolder;
import dev.sirocco.runtime.cache.Compilations;
import dev.sirocco.runtime.cache.Digest;
import dev.sirocco.runtime.cache.KeptFiles;
import dev.sirocco.runtime.cache.Pending;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Machine code by the IR that it was made from: equal IR is compiled once, and object files are kept for the next
 * process. Compilation runs in the background. Thread-safe.
 */
public final class CodeCache {
    private final HostCompiler compiler;
    private final KeptFiles objects;
    private final Compilations<MemorySegment> compilations = new Compilations<>();

    public CodeCache(HostCompiler compiler) {
        this(compiler, new KeptFiles(CacheFolder.path().resolve("objects")));
    }

    CodeCache(HostCompiler compiler, KeptFiles objects) {
        this.compiler = compiler;
        this.objects = objects;
    }

    /**
     * {@return the address of a module's function, at once or when it is compiled}
     *
     * @param ir     LLVM IR
     * @param symbol the function's name in it
     * @param print  where generated code is printed (which compiles it anew, and waits), or null
     */
    public Pending<MemorySegment> get(String ir, String symbol, PrintStream print) {
        String linkName = symbol + "." + Digest.name(compiler.options() + "\n" + ir);
        Pending<MemorySegment> code = compilations.once(linkName, () -> compile(ir, symbol, linkName));
        if (print != null) {
            code.get();
            compilations
                    .anew(() -> {
                        compiler.compile(ir, symbol, linkName, print);
                        return MemorySegment.NULL;
                    })
                    .get();
        }
        return code;
    }

    /**
     * @throws LlvmException with LLVM's message, the kernel and the file where its IR lies
     */
    private MemorySegment compile(String ir, String symbol, String linkName) {
        try {
            byte[] object = objects.find(linkName).orElse(null);
            if (object == null) {
                object = compiler.compile(ir, symbol, linkName, null);
                objects.keep(linkName, object);
            }
            return compiler.load(object, linkName);
        } catch (LlvmException refused) {
            throw new LlvmException("kernel " + symbol + ": " + refused.getMessage() + dump(symbol, ir));
        }
    }

    private static String dump(String symbol, String ir) {
        try {
            Path file = Files.createTempFile("sirocco-" + symbol + "-", ".ll");
            Files.writeString(file, ir);
            return " (its LLVM IR is in " + file + ")";
        } catch (IOException unwritable) {
            return " (its LLVM IR could not be written: " + unwritable.getMessage() + ")";
        }
    }
}
