package dev.sirocco.cli.sdk;

import java.util.concurrent.TimeUnit;

/** A process of this program that this one started and waits for: it ends when this one is asked to. */
public final class ChildProcess {
    private static final int PATIENCE_SECONDS = 30;

    private ChildProcess() {}

    /**
     * Waits for a process to end.
     *
     * @param reading what is to be done with its output meanwhile
     * @return the exit status
     * @throws SdkException when this thread is interrupted
     */
    public static int await(Process process, Runnable reading) {
        Thread hook = new Thread(() -> end(process), "child");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            reading.run();
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SdkException("interrupted while another process was running", e);
        } finally {
            process.destroy();
            unhook(hook);
        }
    }

    private static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // This process ends already, and the hook runs.
        }
    }

    /** Asks a process to end when this one does, and waits until it has written what there is. */
    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
