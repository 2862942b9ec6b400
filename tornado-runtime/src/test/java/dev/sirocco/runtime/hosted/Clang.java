package dev.sirocco.runtime.hosted;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Clang as a compiler of OpenCL C that has half arithmetic, which no OpenCL implementation for processors has in
 * Debian's packages. PoCL's package brings it along.
 *
 * @param program clang
 */
public record Clang(InstalledProgram program) {
    /** What to do where it is missing. */
    public static final String REMEDY =
            "there is no clang to compile half arithmetic with (Debian: apt-get install clang-15)";

    /** {@return clang, where it is installed} */
    public static Optional<Clang> find() {
        return InstalledProgram.find("clang-15", "clang-16", "clang-17", "clang-18", "clang-19", "clang-14", "clang")
                .map(Clang::new);
    }

    /** {@return a program as bitcode; only its arithmetic is compiled as it stands, accesses of halves are plain} */
    byte[] bitcode(String source) {
        try (WorkFile from = WorkFile.of(".cl", source.getBytes(StandardCharsets.UTF_8));
                WorkFile to = WorkFile.empty(".bc")) {
            program.run(
                    "-x",
                    "cl",
                    "-cl-std=CL1.2",
                    "-Xclang",
                    "-cl-ext=+cl_khr_fp16",
                    "--target=spir64-unknown-unknown",
                    "-Dvload_half(i,p)=((float)(p)[i])",
                    "-Dvstore_half_rte(x,i,p)=((p)[i]=(half)(x))",
                    "-O1",
                    "-c",
                    "-emit-llvm",
                    from.name(),
                    "-o",
                    to.name());
            return to.content();
        }
    }
}
