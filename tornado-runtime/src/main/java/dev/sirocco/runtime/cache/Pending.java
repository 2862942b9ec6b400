package dev.sirocco.runtime.cache;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** A compiler's result that may still be in the making. */
public final class Pending<T> {
    private final Future<T> future;
    private final Runnable waits;
    private T result;

    Pending(Future<T> future) {
        this(future, () -> {});
    }

    /** @param waits told before the result is waited for */
    Pending(Future<T> future, Runnable waits) {
        this.future = future;
        this.waits = waits;
    }

    /** {@return the result, once it is there} Whatever the compiler threw is thrown here. */
    public T get() {
        if (result == null) {
            result = await();
        }
        return result;
    }

    private T await() {
        boolean interrupted = false;
        if (!future.isDone()) {
            waits.run();
        }
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException refused -> throw refused;
                case Throwable other -> throw new IllegalStateException("compiling failed: " + other, other);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
