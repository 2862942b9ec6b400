package dev.sirocco.tasks;

import dev.sirocco.testing.TestedDevices;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** How many sizes kernels are tested at: each is a kernel to compile, and compilers differ in how long they take. */
public enum TestedSizes {
    ALL,
    /** A second for a kernel. */
    FEW,
    /** Several seconds for a kernel. */
    FEWEST;

    static TestedSizes on(TornadoDevice device) {
        if (device.getTornadoVMBackend() != TornadoVMBackendType.OPENCL) {
            return ALL;
        }
        return TestedDevices.isRusticl(device) ? FEWEST : FEW;
    }

    /** {@return of some cases the last two where a compiler takes very long, or else all} */
    public <T> List<T> of(List<T> cases) {
        return this == FEWEST ? cases.subList(Math.max(0, cases.size() - 2), cases.size()) : cases;
    }

    /** {@return of some cases that all block formats, or the like, have the last one where a compiler takes long} */
    public <T> List<T> ofMany(List<T> cases) {
        return this == ALL ? cases : List.of(cases.getLast());
    }
}
