package dev.sirocco.runtime.cache;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Compiles in threads of its own, as many at a time as there are processors; what has the same name is compiled once.
 * Thread-safe.
 */
public final class Compilations<T> {
    /** LLVM's passes recurse deeply. */
    private static final long STACK_BYTES = 16 << 20;

    private final Map<String, FutureTask<T>> started = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    public Compilations() {
        int processors = Runtime.getRuntime().availableProcessors();
        this.threads = new ThreadPoolExecutor(
                processors, processors, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Compilations::thread);
        this.threads.allowCoreThreadTimeOut(true);
    }

    static Thread thread(Runnable work) {
        return Thread.ofPlatform()
                .name("sirocco-compiler")
                .daemon()
                .stackSize(STACK_BYTES)
                .unstarted(work);
    }

    /**
     * {@return what was or will be compiled under a name}
     *
     * @param name    stands for everything that the result depends on
     * @param compile called in another thread, unless it was before
     */
    public Pending<T> once(String name, Callable<T> compile) {
        FutureTask<T> task = new FutureTask<>(compile);
        FutureTask<T> earlier = started.putIfAbsent(name, task);
        if (earlier == null) {
            threads.execute(task);
        }
        return new Pending<>(earlier == null ? task : earlier);
    }

    /** {@return what is compiled now, whatever was compiled before} */
    public Pending<T> anew(Callable<T> compile) {
        return new Pending<>(threads.submit(compile));
    }
}
