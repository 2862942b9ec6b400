package dev.sirocco.runtime.hosted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Khronos' translator from SPIR-V to LLVM's bitcode, as Debian packages it.
 *
 * @param program   the translator
 * @param validator {@code spirv-val}, through which every module goes first, where it is installed
 */
public record SpirvTranslator(Path program, Optional<Path> validator) {
    /** What to do where it is missing. */
    public static final String REMEDY =
            "there is no llvm-spirv to execute SPIR-V with (Debian: apt-get install llvm-spirv-15 spirv-tools)";

    /** {@return the translator, where it is installed} */
    public static Optional<SpirvTranslator> find() {
        return onPath(
                        "llvm-spirv-15",
                        "llvm-spirv-16",
                        "llvm-spirv-17",
                        "llvm-spirv-18",
                        "llvm-spirv-19",
                        "llvm-spirv-14",
                        "llvm-spirv")
                .map(program -> new SpirvTranslator(program, onPath("spirv-val")));
    }

    private static Optional<Path> onPath(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** {@return the module as bitcode} */
    byte[] bitcode(byte[] module) {
        try {
            Path from = Files.createTempFile("sirocco-", ".spv");
            Path to = Files.createTempFile("sirocco-", ".bc");
            try {
                Files.write(from, module);
                if (validator.isPresent()) {
                    run(validator.get().toString(), "--target-env", "opencl2.2", from.toString());
                }
                run(program.toString(), "-r", from.toString(), "-o", to.toString());
                return Files.readAllBytes(to);
            } finally {
                Files.delete(from);
                Files.delete(to);
            }
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new AssertionError(command[0] + " refuses the module: "
                    + said.lines().findFirst().orElse(""));
        }
    }
}
