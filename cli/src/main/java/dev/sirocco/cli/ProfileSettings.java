package dev.sirocco.cli;

import dev.sirocco.cli.device.ListedDevice;
import dev.sirocco.config.DeviceProfile;
import dev.sirocco.config.DeviceTraits;
import dev.sirocco.config.KernelProfile;
import dev.sirocco.tasks.graph.KernelSettings;
import dev.sirocco.tasks.graph.KernelShape;
import dev.sirocco.tasks.workgroup.TileProducts;
import java.util.Set;

/** Brings devices, which the runtime describes, and profiles, which know nothing of it, together. */
final class ProfileSettings {
    /** Drivers whose devices may have tensor cores, or do as if. */
    private static final Set<String> TENSOR_DRIVERS = Set.of("cuda", "reference");

    private ProfileSettings() {}

    /** {@return what profiles recognise a device by} */
    static DeviceTraits traits(ListedDevice device) {
        return new DeviceTraits(
                device.driver(), device.kind(), device.platform(), device.vendor(), device.description());
    }

    /**
     * {@return the settings of kernels}
     *
     * @throws CommandFailure when the device does not take work-groups of these sizes
     */
    static KernelSettings kernels(DeviceProfile profile, ListedDevice device) {
        KernelProfile kernels = profile.kernels();
        if (kernels.workgroups()) {
            requireGroups(profile, device, "group_size", kernels.groupSize());
            requireGroups(profile, device, "vector_lanes", kernels.vectorLanes());
            requireGroups(profile, device, "tile", TileProducts.ITEMS);
            requireTensorCores(profile, device);
        }
        return new KernelSettings(
                kernels.workgroups() ? KernelShape.WORKGROUP : KernelShape.ROW,
                kernels.groupSize(),
                kernels.vectorLanes(),
                kernels.vectorRows(),
                kernels.strips(),
                kernels.tile(),
                kernels.attentionSplits(),
                kernels.attentionPositions(),
                profile.buildOptions(),
                kernels.tensorCores());
    }

    /** Of NVIDIA's own cards the driver knows which are too old; the reference device runs every kernel. */
    private static void requireTensorCores(DeviceProfile profile, ListedDevice device) {
        if (profile.kernels().tensorCores() && !TENSOR_DRIVERS.contains(device.driver())) {
            throw new CommandFailure("profile " + String.join(" + ", profile.sources())
                    + ": tensor_cores are NVIDIA's, through the driver cuda, but " + device.id() + " (" + device.name()
                    + ") is of the driver " + device.driver() + "; set tensor_cores to no with --profile");
        }
    }

    private static void requireGroups(DeviceProfile profile, ListedDevice device, String key, int items) {
        if (items > device.maxWorkGroupSize()) {
            throw new CommandFailure("profile " + String.join(" + ", profile.sources()) + ": " + key
                    + " needs work-groups of " + items + ", but " + device.id() + " (" + device.name()
                    + ") takes " + device.maxWorkGroupSize()
                    + " at most; set it lower, or kernel_shape to row, with --profile");
        }
    }
}
