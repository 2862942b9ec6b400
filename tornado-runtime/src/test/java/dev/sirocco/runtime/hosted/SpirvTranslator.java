package dev.sirocco.runtime.hosted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Khronos' translator from SPIR-V to LLVM's bitcode, as Debian packages it. */
public record SpirvTranslator(Path program) {
    /** What to do where it is missing. */
    public static final String REMEDY =
            "there is no llvm-spirv to execute SPIR-V with (Debian: apt-get install llvm-spirv-15)";

    /** {@return the translator, where it is installed} */
    public static Optional<SpirvTranslator> find() {
        return Stream.of("llvm-spirv-15", "llvm-spirv-14", "llvm-spirv")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(SpirvTranslator::new);
    }

    /** {@return the module as bitcode} */
    byte[] bitcode(byte[] module) {
        try {
            Path from = Files.createTempFile("sirocco-", ".spv");
            Path to = Files.createTempFile("sirocco-", ".bc");
            try {
                Files.write(from, module);
                Process process = new ProcessBuilder(
                                List.of(program.toString(), "-r", from.toString(), "-o", to.toString()))
                        .redirectErrorStream(true)
                        .start();
                String said = new String(process.getInputStream().readAllBytes());
                if (process.waitFor() != 0) {
                    throw new AssertionError(program + " refuses the module: "
                            + said.lines().findFirst().orElse(""));
                }
                return Files.readAllBytes(to);
            } finally {
                Files.delete(from);
                Files.delete(to);
            }
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }
}
