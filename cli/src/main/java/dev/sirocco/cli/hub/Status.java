package dev.sirocco.cli.hub;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the hub's answers mean. */
final class Status {
    private static final Pattern SHA_256 = Pattern.compile("(?:W/)?\"?([0-9a-fA-F]{64})\"?");

    private Status() {}

    /** Worth another attempt. */
    static final class Transient extends IOException {
        private final long waitMillis;

        /** @param waitMillis what the server asks for, 0 when it does not say */
        Transient(String problem, long waitMillis) {
            super(problem);
            this.waitMillis = waitMillis;
        }

        long waitMillis() {
            return waitMillis;
        }
    }

    /**
     * Checks that an answer has what was asked for.
     *
     * @throws HubException when asking again is useless
     * @throws Transient when it is not
     */
    static void require(HubClient.Answer answer, String what) throws Transient {
        int status = answer.status();
        if (status == 200 || status == 206) {
            return;
        }
        if (status == 401 || status == 403) {
            throw new HubException(what + ": may not be read (status " + status
                    + "); set HF_TOKEN to a token that the hub knows, accept the model's terms on its page,"
                    + " and check the name");
        }
        if (status == 404 || status == 410) {
            throw new HubException(what + ": is not on the hub (status " + status + "); check the name");
        }
        if (status == 408 || status == 429 || status >= 500) {
            throw new Transient("the hub answered with status " + status, waitMillis(answer));
        }
        throw new HubException(what + ": the hub answered with status " + status + "; check the name, or try later");
    }

    private static long waitMillis(HubClient.Answer answer) {
        return answer.header("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,4}"))
                .map(seconds -> 1000 * Long.parseLong(seconds))
                .orElse(0L);
    }

    /** {@return the checksum in an entity tag, empty when it is something else} */
    static Optional<String> sha256(String tag) {
        Matcher digits = SHA_256.matcher(tag);
        return digits.matches() ? Optional.of(digits.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
