package dev.sirocco.runtime.hosted;

import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import java.util.Optional;

/**
 * NVIDIA's assembler of PTX. CUDA 13's no longer makes code for Volta, but still reads its PTX: what is made for sm_70
 * is assembled for Turing (sm_75), so that its text is checked.
 *
 * @param program ptxas
 */
public record PtxAssembler(InstalledProgram program) {
    /** What to do where it is missing. */
    public static final String REMEDY = "there is no ptxas to assemble PTX with (it is part of NVIDIA's CUDA toolkit)";

    /** {@return the assembler, where it is installed} */
    public static Optional<PtxAssembler> find() {
        return InstalledProgram.find("ptxas").map(PtxAssembler::new);
    }

    /**
     * {@return what the assembler says of the resources that a module takes}
     *
     * @throws AssertionError when it refuses the module
     */
    public String assemble(byte[] ptx, NvidiaArchitecture card) {
        NvidiaArchitecture assembled = card == NvidiaArchitecture.VOLTA ? NvidiaArchitecture.TURING : card;
        try (WorkFile file = WorkFile.of(".ptx", ptx)) {
            return program.run("-v", "-arch=" + assembled.sm(), "-o", "/dev/null", file.name());
        }
    }
}
