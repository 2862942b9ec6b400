package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.Driver;
import dev.sirocco.runtime.driver.KernelFormat;
import dev.sirocco.runtime.hosted.SpirvTranslator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * PoCL given SPIR-V in place of OpenCL C: {@code spirv:0}. Debian's PoCL takes none, so a library between it and the
 * driver translates modules to what it does take; the driver's own code is what runs on a device that takes SPIR-V.
 */
public final class SpirvDriver implements Driver {
    private final OpenClDriver driver = new OpenClDriver("spirv", FloatMode.RELAXED, false, SpirvDriver::library);
    private List<Device> devices;

    @Override
    public String name() {
        return driver.name();
    }

    @Override
    public synchronized List<Device> devices() {
        if (devices == null) {
            devices = driver.devices();
            devices.forEach(device -> device.useFormat(KernelFormat.SPIRV));
        }
        return devices;
    }

    @Override
    public String absence() {
        return driver.absence();
    }

    private static OpenClLibrary library() {
        Optional<SpirvTranslator> translator = SpirvTranslator.find();
        if (translator.isEmpty()) {
            return new OpenClLibrary.Absent(SpirvTranslator.REMEDY);
        }
        try (InputStream source = SpirvDriver.class.getResourceAsStream("spirvopencl.c")) {
            Path folder = Files.createTempDirectory("sirocco-spirvopencl");
            Path text = folder.resolve("spirvopencl.c");
            Path library = folder.resolve("libspirvopencl.so");
            Files.write(text, source.readAllBytes());
            Process compiler = new ProcessBuilder(
                            "gcc",
                            "-shared",
                            "-fPIC",
                            "-DTRANSLATOR=\"" + translator.get().program() + "\"",
                            "-o",
                            library.toString(),
                            text.toString(),
                            "-Wl,--no-as-needed",
                            "-l:libOpenCL.so.1")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(compiler.getInputStream().readAllBytes());
            return compiler.waitFor() == 0
                    ? OpenClLibrary.open(List.of(library.toString()), "it is a test")
                    : new OpenClLibrary.Absent("OpenCL for SPIR-V cannot be linked: " + said.strip());
        } catch (IOException missing) {
            return new OpenClLibrary.Absent(
                    "there is no gcc to stand between PoCL and SPIR-V: " + missing.getMessage());
        } catch (InterruptedException interrupted) {
            throw new UncheckedIOException(new IOException(interrupted));
        }
    }
}
