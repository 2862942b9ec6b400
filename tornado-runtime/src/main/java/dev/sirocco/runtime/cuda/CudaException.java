package dev.sirocco.runtime.cuda;

import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** A function of CUDA's driver failed; the message names function, device, the driver's word for it and the remedy. */
final class CudaException extends TornadoRuntimeException {
    static final int OUT_OF_MEMORY = 2;
    static final int NO_DEVICE = 100;

    private static final long serialVersionUID = 1;

    private final int status;

    CudaException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** {@return what to do about a status, or empty} */
    static String remedy(int status) {
        return switch (status) {
            case OUT_OF_MEMORY -> "; use a smaller --ctx or model, or end what else uses the card";
            case 3, 4 -> "; the process is ending";
            case NO_DEVICE -> "; check that nvidia-smi lists the card, and CUDA_VISIBLE_DEVICES";
            case 46 -> "; another process has the card for itself: end it, or let nvidia-smi set its compute mode";
            case 209, 218, 222 -> "; update NVIDIA's driver";
            case 700, 716, 717, 718, 719 ->
                "; a kernel went wrong and the card's context is lost: start again, and try"
                        + " --device reference to find out which";
            case 803, 804 -> "; the driver's library and the kernel's module are of different versions: reboot";
            default -> "";
        };
    }
}
