package dev.sirocco.cli.hub;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;

/** Tries again what fails for a passing reason, a bounded number of times, with longer and longer waits. */
final class Attempts {
    private static final int MOST = 5;
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final TransferListener listener;
    private final long firstWaitMillis;

    Attempts(TransferListener listener, long firstWaitMillis) {
        this.listener = listener;
        this.firstWaitMillis = firstWaitMillis;
    }

    /** Something that may fail. */
    interface Action<T> {
        /** {@return the result} */
        T run() throws IOException, InterruptedException;

        /** {@return bytes received so far; while they grow, failures are forgiven} */
        default long progress() {
            return 0;
        }
    }

    /**
     * {@return the action's result}
     *
     * @throws HubException after the last attempt
     */
    <T> T until(String what, Action<T> action) throws InterruptedException {
        int failures = 0;
        while (true) {
            long before = action.progress();
            try {
                return action.run();
            } catch (IOException e) {
                failures = action.progress() > before ? 1 : failures + 1;
                if (failures >= MOST) {
                    throw new HubException(
                            what + ": " + reason(e) + ", " + MOST + " times in a row; try again later", e);
                }
                long asked = e instanceof Status.Transient passing ? passing.waitMillis() : 0;
                long wait = Math.min(LONGEST_WAIT_MILLIS, Math.max(asked, firstWaitMillis << failures - 1));
                listener.retried(reason(e), wait);
                Thread.sleep(wait);
            }
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case HttpConnectTimeoutException _ -> "the hub cannot be reached";
            case ConnectException _ -> "the hub cannot be reached";
            case Status.Transient _ -> e.getMessage();
            default -> "the transfer broke off (" + e.getMessage() + ")";
        };
    }
}
