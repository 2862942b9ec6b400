package dev.sirocco.runtime.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Locale;

/** Whether OpenCL's loader can be used in this process. */
sealed interface OpenClLibrary {
    /** It is loaded, for the rest of the process. */
    record Present(OpenClNative opencl) implements OpenClLibrary {}

    /** It is not there. {@code reason} says why and what to do. */
    record Absent(String reason) implements OpenClLibrary {}

    /** {@return the loader that the system property {@code sirocco.opencl} names, or the system's} */
    static OpenClLibrary load() {
        String chosen = System.getProperty("sirocco.opencl", "");
        if (!chosen.isEmpty()) {
            return open(List.of(chosen), "correct -Dsirocco.opencl");
        }
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (os.contains("mac")) {
            return open(List.of("/System/Library/Frameworks/OpenCL.framework/OpenCL"), "it is part of macOS until 26");
        }
        return os.contains("windows")
                ? open(List.of("OpenCL.dll"), "install the device's driver, which brings it")
                : open(
                        List.of("libOpenCL.so.1", "libOpenCL.so"),
                        "install it (Debian: ocl-icd-libopencl1) and the device's driver (Debian, for processors:"
                                + " pocl-opencl-icd)");
    }

    /** {@return the first library that can be loaded, or why none can} */
    @SuppressWarnings("restricted")
    static OpenClLibrary open(List<String> names, String remedy) {
        configurePocl();
        for (String name : names) {
            try {
                SymbolLookup symbols = SymbolLookup.libraryLookup(name, Arena.global());
                return new Present(new OpenClNative(symbols, "OpenCL"));
            } catch (IllegalArgumentException unloadable) {
                // the next one, or the reason below
            } catch (OpenClException notOpenCl) {
                return new Absent(
                        "OpenCL's loader cannot be used: " + name + " has not the functions of OpenCL; " + remedy);
            }
        }
        return new Absent(
                "OpenCL's loader cannot be loaded: there is no " + String.join(" or ", names) + "; " + remedy);
    }

    /**
     * What PoCL can be told through the environment only, before it is loaded; what the user has set remains.
     *
     * <p>It handles SIGFPE by skipping the instruction that raised it, which would also take the exception from every
     * division by zero in Java. And it compiles a kernel again when it is launched, for the launch's group size, which
     * the code states anyway, so that a kept binary would not be what runs.
     */
    private static void configurePocl() {
        setDefault("POCL_SIGFPE_HANDLER", "0");
        setDefault("POCL_WORK_GROUP_SPECIALIZATION", "0");
    }

    @SuppressWarnings("restricted")
    private static void setDefault(String variable, String setting) {
        // int setenv(const char *name, const char *value, int overwrite); not on Windows, where there is no PoCL
        Linker.nativeLinker().defaultLookup().find("setenv").ifPresent(setenv -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment name = arena.allocateFrom(variable);
                MemorySegment value = arena.allocateFrom(setting);
                OpenClCalls.invoke(setenv, name.address(), value.address(), 0, 0, 0, 0, 0, 0, 0);
            }
        });
    }
}
