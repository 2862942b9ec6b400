package dev.sirocco.runtime.llvm;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Machine code by the IR that it was made from: equal IR is compiled once, and object files are kept for the next
 * process. Compilation runs in threads of its own, as
 * many at a time as there are processors. Thread-safe.
 */
public final class CodeCache {
    /** LLVM's passes recurse deeply. */
    private static final long STACK_BYTES = 16 << 20;

    private final HostCompiler compiler;
    private final ObjectCache objects;
    private final Map<String, FutureTask<MemorySegment>> loaded = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    public CodeCache(HostCompiler compiler) {
        this(compiler, new ObjectCache(CacheFolder.path().resolve("objects")));
    }

    CodeCache(HostCompiler compiler, ObjectCache objects) {
        this.compiler = compiler;
        this.objects = objects;
        int processors = Runtime.getRuntime().availableProcessors();
        this.threads = new ThreadPoolExecutor(
                processors, processors, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), CodeCache::thread);
        this.threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        return Thread.ofPlatform()
                .name("sirocco-compiler")
                .daemon()
                .stackSize(STACK_BYTES)
                .unstarted(work);
    }

    /**
     * {@return the address of a module's function, at once or when it is compiled}
     *
     * @param ir     LLVM IR
     * @param symbol the function's name in it
     * @param print  where generated code is printed (which compiles it anew, and waits), or null
     */
    public CompiledCode get(String ir, String symbol, PrintStream print) {
        String linkName = symbol + "." + Digest.name(compiler.options() + "\n" + ir);
        FutureTask<MemorySegment> task = new FutureTask<>(() -> compile(ir, symbol, linkName));
        FutureTask<MemorySegment> earlier = loaded.putIfAbsent(linkName, task);
        if (earlier == null) {
            threads.execute(task);
        }
        CompiledCode code = new CompiledCode(earlier == null ? task : earlier);
        if (print != null) {
            code.address();
            new CompiledCode(threads.submit(() -> {
                        compiler.compile(ir, symbol, linkName, print);
                        return MemorySegment.NULL;
                    }))
                    .address();
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
