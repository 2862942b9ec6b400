package uk.ac.manchester.tornado.api.enums;

/** When an array is copied between host and device. */
public class DataTransferMode {
    /** With the first execution only. */
    public static final int FIRST_EXECUTION = 0;

    /** With every execution. */
    public static final int EVERY_EXECUTION = 1;

    /** When the result of an execution is asked for it; from device to host only. */
    public static final int UNDER_DEMAND = 2;
}
