package dev.sirocco.runtime.opencl;

import java.lang.foreign.MemorySegment;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a device takes SPIR-V (OpenCL 2.1, or the extension {@code cl_khr_il_program}). */
sealed interface IntermediateLanguage {
    /** What modules are made as. */
    String VERSION = "SPIR-V 1.2";

    Pattern NUMBERED = Pattern.compile("SPIR-V_(\\d+)\\.(\\d+)");

    /** It does. {@code function} is where {@code clCreateProgramWithIL}, or the extension's function, lies. */
    record Taken(MemorySegment function) implements IntermediateLanguage {}

    /** It does not. {@code reason} says why. */
    record Refused(String reason) implements IntermediateLanguage {}

    /** {@return whether a list such as {@code SPIR-V_1.0 SPIR-V_1.3} has 1.2 or a later version} */
    static boolean includes(String versions) {
        Matcher version = NUMBERED.matcher(versions);
        while (version.find()) {
            if (Integer.parseInt(version.group(1)) > 1 || Integer.parseInt(version.group(2)) >= 2) {
                return true;
            }
        }
        return false;
    }
}
