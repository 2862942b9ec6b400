package dev.sirocco.config;

import java.util.List;

/**
 * The settings that suit a device.
 *
 * @param sources      names of the profiles that they come from, the most general first
 * @param prefillChunk most tokens of a prompt that are processed at once, at least 1
 * @param memoryShare  part of the device's memory that a model and its cache may take together, above 0, at most 1
 */
public record DeviceProfile(List<String> sources, int prefillChunk, double memoryShare) {
    public DeviceProfile {
        sources = List.copyOf(sources);
        if (prefillChunk < 1) {
            throw new IllegalArgumentException("prefillChunk " + prefillChunk + " must be at least 1");
        }
        if (!(memoryShare > 0 && memoryShare <= 1)) {
            throw new IllegalArgumentException("memoryShare " + memoryShare + " must be above 0 and at most 1");
        }
    }

    /** {@return bytes that a model and its cache may take on a device with this much memory} */
    public long budgetBytes(long deviceMemoryBytes) {
        return (long) (deviceMemoryBytes * memoryShare);
    }
}
