package dev.sirocco.runtime.hosted;

import java.util.Optional;

/**
 * Khronos' translator from SPIR-V to LLVM's bitcode, as Debian packages it.
 *
 * @param program   the translator
 * @param validator {@code spirv-val}, through which every module goes first, where it is installed
 */
public record SpirvTranslator(InstalledProgram program, Optional<InstalledProgram> validator) {
    /** What to do where it is missing. */
    public static final String REMEDY =
            "there is no llvm-spirv to execute SPIR-V with (Debian: apt-get install llvm-spirv-15 spirv-tools)";

    /** {@return the translator, where it is installed} */
    public static Optional<SpirvTranslator> find() {
        return InstalledProgram.find(
                        "llvm-spirv-15",
                        "llvm-spirv-16",
                        "llvm-spirv-17",
                        "llvm-spirv-18",
                        "llvm-spirv-19",
                        "llvm-spirv-14",
                        "llvm-spirv")
                .map(program -> new SpirvTranslator(program, InstalledProgram.find("spirv-val")));
    }

    /** {@return the module as bitcode} */
    byte[] bitcode(byte[] module) {
        try (WorkFile from = WorkFile.of(".spv", module);
                WorkFile to = WorkFile.empty(".bc")) {
            validator.ifPresent(present -> present.run("--target-env", "opencl2.2", from.name()));
            program.run("-r", from.name(), "-o", to.name());
            return to.content();
        }
    }
}
