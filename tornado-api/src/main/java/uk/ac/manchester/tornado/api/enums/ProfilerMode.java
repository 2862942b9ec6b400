package uk.ac.manchester.tornado.api.enums;

/** What becomes of a profile. */
public enum ProfilerMode {
    /** It is printed after each execution. */
    CONSOLE,
    /** It waits in the result of the execution. */
    SILENT
}
