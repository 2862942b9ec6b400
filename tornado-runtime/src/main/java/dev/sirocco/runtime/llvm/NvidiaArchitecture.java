package dev.sirocco.runtime.llvm;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The generations of NVIDIA's GPUs that LLVM knows, with the oldest version of PTX that has them: the driver of a card
 * takes at least that one. PTX for one generation runs on all later ones.
 */
public enum NvidiaArchitecture {
    PASCAL(60, 50),
    PASCAL_CONSUMER(61, 50),
    VOLTA(70, 60),
    TURING(75, 63),
    AMPERE(80, 70),
    AMPERE_CONSUMER(86, 71),
    ADA(89, 78),
    HOPPER(90, 78),
    BLACKWELL(100, 86),
    BLACKWELL_CONSUMER(120, 87);

    private final int capability;
    private final int ptx;

    NvidiaArchitecture(int capability, int ptx) {
        this.capability = capability;
        this.ptx = ptx;
    }

    /**
     * {@return the newest generation that a card can run}
     *
     * @param major its compute capability
     * @throws LlvmException when the card is older than all of them
     */
    public static NvidiaArchitecture of(int major, int minor) {
        return Arrays.stream(values())
                .filter(a -> a.capability <= 10 * major + minor)
                .reduce((_, newer) -> newer)
                .orElseThrow(() -> new LlvmException("compute capability " + major + "." + minor
                        + " is too old: the oldest that is supported is 6.0 (Pascal, 2016)"));
    }

    /**
     * {@return the generation with a name such as sm_80}
     *
     * @throws LlvmException when there is none, with those that there are
     */
    public static NvidiaArchitecture ofSm(String name) {
        return Arrays.stream(values())
                .filter(a -> a.sm().equals(name))
                .findFirst()
                .orElseThrow(() -> new LlvmException("there is no generation '" + name + "'; there are "
                        + Arrays.stream(values()).map(NvidiaArchitecture::sm).collect(Collectors.joining(", "))));
    }

    /** {@return the name of the generation's code, such as sm_80} */
    public String sm() {
        return "sm_" + capability;
    }

    /** {@return whether cards of the generation multiply tiles of halves as {@code mma.m16n8k16} of PTX does} */
    public boolean multipliesTiles() {
        return compareTo(AMPERE) >= 0;
    }

    /** {@return the version of PTX, such as 70 for 7.0} */
    public int ptxVersion() {
        return ptx;
    }

    /** {@return the oldest CUDA version whose driver takes that PTX, as the driver numbers it, such as 11000} */
    public int cudaVersion() {
        return switch (ptx) {
            case 50 -> 8000;
            case 60 -> 9000;
            case 63 -> 10000;
            case 70 -> 11000;
            case 71 -> 11010;
            case 78 -> 11080;
            case 86 -> 12070;
            default -> 12080;
        };
    }

    Machine machine() {
        return new Machine("nvptx64-nvidia-cuda", sm(), "+ptx" + ptx);
    }
}
