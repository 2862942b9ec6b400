package dev.sirocco.model.session;

import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.loading.TornadoVmSdk;
import dev.sirocco.model.source.ModelSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * Refuses what a device cannot hold, before it is touched and the system stops responding. A TornadoVM SDK copies all
 * arrays to the device; the embedded runtime does only where the device has memory of its own, and checks that itself.
 */
final class DeviceMemory {
    private DeviceMemory() {}

    /**
     * Checks a model's weights, before they are loaded.
     *
     * @param device where the model is to run, or null for the runtime's default device
     */
    static void requireWeights(ModelSource source, TornadoDevice device) {
        if (TornadoVmSdk.isRuntime()) {
            requireCopies(source, orDefault(device));
        }
    }

    /** Checks that a device takes a copy of every tensor, and of all together. */
    static void requireCopies(ModelSource source, TornadoDevice chosen) {
        for (GgufTensor tensor : source.tensors()) {
            if (sizeBytes(tensor, chosen) >= chosen.getMaxAllocMemory()) {
                throw source.metadata()
                        .problem("tensor '%s' is %.1f GB, but %s takes at most %.1f GB an array; use a smaller model"
                                .formatted(
                                        tensor.name(),
                                        sizeBytes(tensor, chosen) / 1e9,
                                        name(chosen),
                                        chosen.getMaxAllocMemory() / 1e9));
            }
        }
        long needed = weightBytes(source, chosen);
        if (needed > chosen.getMaxGlobalMemory()) {
            throw source.metadata()
                    .problem("the weights take %.1f GB on %s, which has %.1f GB; use a smaller model or another device"
                            .formatted(needed / 1e9, name(chosen), chosen.getMaxGlobalMemory() / 1e9));
        }
    }

    /**
     * Checks a session's cache, together with the weights where they are copied.
     *
     * @param cacheBytes of all layers
     * @param context    tokens, for the message
     */
    static void requireCache(ModelSource source, double cacheBytes, int context, TornadoDevice device) {
        TornadoDevice chosen = orDefault(device);
        double weightBytes = TornadoVmSdk.isRuntime() ? weightBytes(source, chosen) : 0;
        if (cacheBytes + weightBytes > chosen.getMaxGlobalMemory()) {
            throw new ContextException(
                    "the KV cache of a context of %d tokens takes %.1f GB%s, but %s has %.1f GB; ask for a"
                                    .formatted(
                                            context,
                                            cacheBytes / 1e9,
                                            weightBytes > 0
                                                    ? " besides %.1f GB of weights".formatted(weightBytes / 1e9)
                                                    : "",
                                            name(chosen),
                                            chosen.getMaxGlobalMemory() / 1e9)
                            + " smaller one (--ctx)");
        }
    }

    /** {@return the device, or the runtime's default device for null} */
    static TornadoDevice orDefault(TornadoDevice device) {
        return device != null
                ? device
                : TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();
    }

    /** {@return what a user calls the device} An SDK has names of its own. */
    private static String name(TornadoDevice device) {
        return TornadoVmSdk.isRuntime() ? TornadoVmSdk.id(device) : device.getDeviceName();
    }

    private static long weightBytes(ModelSource source, TornadoDevice device) {
        return source.tensors().stream()
                .mapToLong(tensor -> sizeBytes(tensor, device))
                .sum();
    }

    private static long sizeBytes(GgufTensor tensor, TornadoDevice device) {
        boolean widened = tensor.type() == GgmlType.F16 && !TornadoVmSdk.hasFloat16(device);
        return widened ? 2 * tensor.sizeBytes() : tensor.sizeBytes();
    }
}
