package uk.ac.manchester.tornado.api.enums;

/**
 * The driver family of a device. Constants come and go with the versions of TornadoVM: store and compare them by {@link
 * #name}, never by ordinal.
 */
public enum TornadoVMBackendType {
    OPENCL,
    METAL,
    PTX,
    CUDA,
    SPIRV,
    JAVA,
    VIRTUAL
}
