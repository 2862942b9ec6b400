package dev.sirocco.runtime.opencl;

import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** An OpenCL function failed; the message names device, function, code, and what to do. */
final class OpenClException extends TornadoRuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * {@return the failure of a function}
     *
     * @param subject  the device or whatever the function was called for
     * @param function the function's name
     * @param status   what it returned
     */
    static OpenClException of(String subject, String function, int status) {
        return new OpenClException(
                subject, function + ": " + OpenClStatus.name(status) + OpenClStatus.remedy(status), status);
    }

    /** @param problem what is wrong, where no function said so */
    OpenClException(String subject, String problem) {
        this(subject, problem, OpenClStatus.SUCCESS);
    }

    private OpenClException(String subject, String problem, int status) {
        this(subject + ": " + problem, status);
    }

    private OpenClException(String message, int status) {
        super(message);
        this.status = status;
    }

    /** {@return this failure, in what it happened} */
    OpenClException in(String what) {
        return new OpenClException(what, getMessage(), status);
    }

    /** {@return the same failure for another caller: an exception belongs to the one who catches it} */
    OpenClException again() {
        OpenClException same = new OpenClException(getMessage(), status);
        same.initCause(this);
        return same;
    }

    /** {@return the code that the function returned; 0 where none did} */
    int status() {
        return status;
    }
}
