package dev.sirocco.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that suit a device.
 *
 * @param sources      names of the profiles that they come from, the most general first
 * @param prefillChunk most tokens of a prompt that are processed at once, at least 1
 * @param memoryShare  part of the device's memory that a model and its cache may take together, above 0, at most 1
 * @param kernels      their shape and sizes
 * @param buildOptions for the device's compiler, after the program's own; empty for none
 * @param code         what the device's compiler is given: {@code opencl-c} or {@code spirv}
 * @param binaries     folder of prebuilt programs that are loaded in place of compiling
 */
public record DeviceProfile(
        List<String> sources,
        int prefillChunk,
        double memoryShare,
        KernelProfile kernels,
        String buildOptions,
        String code,
        Optional<Path> binaries) {
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

    /**
     * {@return the settings by their keys, those that say something: no sizes of
     *     work-groups where there are none, and neither OpenCL C nor the lack of an option}
     */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("prefill_chunk", prefillChunk);
        settings.put("memory_share", memoryShare);
        settings.put("kernel_shape", kernels.workgroups() ? "workgroup" : "row");
        if (kernels.workgroups()) {
            settings.put("group_size", kernels.groupSize());
            settings.put("vector_lanes", kernels.vectorLanes());
            settings.put("vector_rows", kernels.vectorRows());
            settings.put("block_loads", kernels.strips() ? "strips" : "parts");
            settings.put("tile", kernels.tile());
            if (kernels.tensorCores()) {
                settings.put("tensor_cores", "yes");
            }
            settings.put("attention_splits", kernels.attentionSplits());
            settings.put("attention_positions", kernels.attentionPositions());
        }
        if (!buildOptions.isEmpty()) {
            settings.put("build_options", buildOptions);
        }
        if (!code.equals("opencl-c")) {
            settings.put("code", code);
        }
        binaries.ifPresent(folder -> settings.put("binaries", folder.toString()));
        return Collections.unmodifiableMap(settings);
    }
}
