package dev.sirocco.runtime.llvm;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Machine code that may still be in the making. */
public final class CompiledCode {
    private final Future<MemorySegment> future;
    private MemorySegment address;

    CompiledCode(Future<MemorySegment> future) {
        this.future = future;
    }

    /**
     * {@return the function's address, once it is compiled}
     *
     * @throws LlvmException if it could not be compiled
     */
    public MemorySegment address() {
        if (address == null) {
            address = await();
        }
        return address;
    }

    private MemorySegment await() {
        boolean interrupted = false;
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
                case LlvmException refused -> throw new LlvmException(refused.getMessage());
                case Throwable other -> throw new IllegalStateException("compiling failed: " + other, other);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
