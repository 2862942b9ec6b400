package dev.sirocco.runtime.hosted;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.runtime.llvm.DeviceCompiler;
import dev.sirocco.runtime.llvm.LlvmLibrary;
import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Generated code that is committed word for word. With {@code -Dsirocco.golden=write} the files are written anew.
 *
 * @param folder of the files, seen from a module
 */
public record GoldenFiles(Path folder) {
    /** Compares, or writes. */
    public void compare(String name, String actual) throws IOException {
        Path golden = folder.resolve(name);
        if (System.getProperty("sirocco.golden", "").equals("write")) {
            Files.createDirectories(folder);
            Files.writeString(golden, actual);
        }
        assertEquals(
                Files.readString(golden),
                actual,
                () -> golden + " differs; if that is meant, run the test with -Dsirocco.golden=write");
    }

    /** Compares a kernel's PTX for Ampere, in a file that is named after it. */
    public void compareForAmpere(String kernel, String ir) throws IOException {
        compareForAmpere(kernel, kernel, ir);
    }

    /** Compares a kernel's PTX for Ampere. */
    public void compareForAmpere(String name, String kernel, String ir) throws IOException {
        byte[] ptx = DeviceCompiler.ptx(((LlvmLibrary.Present) LlvmLibrary.get()).host(), NvidiaArchitecture.AMPERE)
                .compile(ir, kernel, null);
        compare(name + ".ptx", new String(ptx, StandardCharsets.UTF_8));
    }
}
