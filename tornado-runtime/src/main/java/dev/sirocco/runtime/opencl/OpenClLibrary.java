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
        keepSignalsOfTheJvm();
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
     * PoCL handles SIGFPE by skipping the instruction that raised it, which would also take the exception from every
     * division by zero in Java. It can be told not to, before it is loaded, through the environment only.
     */
    @SuppressWarnings("restricted")
    private static void keepSignalsOfTheJvm() {
        // int setenv(const char *name, const char *value, int overwrite); not on Windows, where there is no SIGFPE
        Linker.nativeLinker().defaultLookup().find("setenv").ifPresent(setenv -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment name = arena.allocateFrom("POCL_SIGFPE_HANDLER");
                MemorySegment value = arena.allocateFrom("0");
                OpenClCalls.invoke(setenv, name.address(), value.address(), 0, 0, 0, 0, 0, 0, 0);
            }
        });
    }
}
