package dev.sirocco.runtime.driver;

import java.util.List;

/** A kind of device. Asking never fails: what is missing is told by {@link #absence()}. */
public interface Driver {
    /** {@return the first part of device ids, such as {@code cpu} or {@code opencl}} */
    String name();

    /** {@return the devices found, best first; empty when there is none} */
    List<Device> devices();

    /** {@return why there is no device and what to do about it; empty when there is one} */
    String absence();
}
