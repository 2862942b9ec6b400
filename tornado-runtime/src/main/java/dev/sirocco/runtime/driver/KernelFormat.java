package dev.sirocco.runtime.driver;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the code of a kernel can be, as compilers are given it and as it can be exported. */
public enum KernelFormat {
    /** Text for the compiler of any OpenCL 1.2 device. */
    OPENCL_C("opencl-c", ".cl", "opencl"),
    /** Modules for OpenCL devices that take SPIR-V 1.2. */
    SPIRV("spirv", ".spv", "opencl"),
    /** Text for the driver of NVIDIA's cards, or for {@code ptxas}. */
    PTX("ptx", ".ptx", "cuda"),
    /** LLVM IR for the host's processor. */
    LLVM("llvm", ".ll", "cpu");

    private final String label;
    private final String extension;
    private final String driver;

    KernelFormat(String label, String extension, String driver) {
        this.label = label;
        this.extension = extension;
        this.driver = driver;
    }

    /** {@return the format that users call so} */
    public static Optional<KernelFormat> of(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label.equals(label))
                .findFirst();
    }

    /** {@return all names that users know, with commas between} */
    public static String labels() {
        return Arrays.stream(values()).map(KernelFormat::toString).collect(Collectors.joining(", "));
    }

    /** {@return how a file's name ends} */
    public String extension() {
        return extension;
    }

    /** {@return the driver whose devices take it} */
    public String driver() {
        return driver;
    }

    /** {@return the name that users know} */
    @Override
    public String toString() {
        return label;
    }
}
