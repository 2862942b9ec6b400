package dev.sirocco.runtime.export;

import java.util.Arrays;
import java.util.Optional;

/** What kernels can be exported as. */
public enum KernelFormat {
    OPENCL_C("opencl-c", ".cl", "opencl");

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
