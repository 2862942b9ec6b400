package dev.sirocco.runtime.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * For compilers that work on one thing at a time, take long to begin and make less of many things than of each: in a
 * thread of its own, has the compiler begin when something is first asked for, and compiles what has come in when a
 * result is waited for. What has the same name is compiled once. Thread-safe.
 */
public final class JointCompilations<S, T> {
    private final Compiler<S, T> compiler;
    private final Map<String, CompletableFuture<T>> started = new HashMap<>();
    private List<Waiting<S, T>> waiting = new ArrayList<>();
    private boolean begun;
    private boolean working;
    private boolean awaited;

    /** Compiles several sources together. */
    public interface Compiler<S, T> {
        /** Does what does not depend on what is to be compiled, of which it is told the first; fails in silence. */
        void begin(S first);

        /** {@return what became of each source, in order: called once, it gives the result or throws what was wrong} */
        List<Callable<T>> compile(List<S> sources);
    }

    private record Waiting<S, T>(S source, CompletableFuture<T> result) {}

    public JointCompilations(Compiler<S, T> compiler) {
        this.compiler = compiler;
    }

    /**
     * {@return what was or will be compiled under a name}
     *
     * @param name   stands for everything that the result depends on
     * @param source compiled in another thread, unless it was before
     */
    public synchronized Pending<T> once(String name, S source) {
        CompletableFuture<T> result = started.get(name);
        if (result == null) {
            result = new CompletableFuture<>();
            started.put(name, result);
            waiting.add(new Waiting<>(source, result));
            start();
        }
        return new Pending<>(result, this::await);
    }

    private synchronized void await() {
        awaited = true;
        start();
    }

    private void start() {
        if (working || waiting.isEmpty()) {
            return;
        }
        if (!begun) {
            begun = true;
            working = true;
            S first = waiting.getFirst().source;
            Compilations.thread(() -> begin(first)).start();
        } else if (awaited) {
            working = true;
            Compilations.thread(this::work).start();
        }
    }

    private void begin(S first) {
        try {
            compiler.begin(first);
        } finally {
            work();
        }
    }

    private void work() {
        for (List<Waiting<S, T>> batch = next(); !batch.isEmpty(); batch = next()) {
            try {
                List<Callable<T>> outcomes =
                        compiler.compile(batch.stream().map(Waiting::source).toList());
                for (int i = 0; i < batch.size(); i++) {
                    complete(batch.get(i).result, outcomes.get(i));
                }
            } catch (Throwable failed) {
                batch.forEach(one -> one.result.completeExceptionally(failed));
            }
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Callable<T> outcome) {
        try {
            result.complete(outcome.call());
        } catch (Throwable failed) {
            result.completeExceptionally(failed);
        }
    }

    /** {@return what has come in; where nothing has, or nobody waits for it, the thread ends} */
    private synchronized List<Waiting<S, T>> next() {
        if (!awaited || waiting.isEmpty()) {
            working = false;
            return List.of();
        }
        List<Waiting<S, T>> batch = waiting;
        waiting = new ArrayList<>();
        awaited = false;
        return batch;
    }
}
