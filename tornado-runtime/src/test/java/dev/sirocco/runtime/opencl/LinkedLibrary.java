package dev.sirocco.runtime.opencl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** OpenCL's loader with some functions replaced by C of the tests. */
final class LinkedLibrary {
    private LinkedLibrary() {}

    /**
     * {@return the library, or why there is none}
     *
     * @param source  a resource beside this class
     * @param options for the compiler
     */
    static OpenClLibrary of(String source, String... options) {
        try (InputStream content = LinkedLibrary.class.getResourceAsStream(source)) {
            Path folder = Files.createTempDirectory("sirocco-opencl");
            Path text = folder.resolve(source);
            Path library = folder.resolve("lib" + source + ".so");
            Files.write(text, content.readAllBytes());
            List<String> command = new ArrayList<>(List.of("gcc", "-shared", "-fPIC"));
            command.addAll(List.of(options));
            command.addAll(
                    List.of("-o", library.toString(), text.toString(), "-Wl,--no-as-needed", "-l:libOpenCL.so.1"));
            Process compiler =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(compiler.getInputStream().readAllBytes());
            return compiler.waitFor() == 0
                    ? OpenClLibrary.open(List.of(library.toString()), "it is a test")
                    : new OpenClLibrary.Absent(source + " cannot be linked with OpenCL: " + said.strip());
        } catch (IOException missing) {
            return new OpenClLibrary.Absent("there is no gcc to link " + source + ": " + missing.getMessage());
        } catch (InterruptedException interrupted) {
            throw new UncheckedIOException(new IOException(interrupted));
        }
    }
}
