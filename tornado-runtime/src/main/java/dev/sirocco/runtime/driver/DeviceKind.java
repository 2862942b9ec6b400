package dev.sirocco.runtime.driver;

import java.util.Locale;

/** What a device is made of. */
public enum DeviceKind {
    CPU,
    GPU,
    /** Neither, such as an FPGA. */
    ACCELERATOR;

    /** {@return the word that users and profiles know: {@code cpu}, {@code gpu}, {@code accelerator}} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
