package dev.sirocco.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All profiles, the most general first: those that come with this module, then the user's in the order of their file
 * names, then the one named on the command line, which is for every device. Where several match a device, the later
 * ones win, key by key. Immutable.
 */
public final class ProfileCatalog {
    /** The first matches every device and has every key. */
    private static final List<String> SHIPPED = List.of(
            "default.yaml",
            "cpu.yaml",
            "reference.yaml",
            "opencl-cpu.yaml",
            "opencl-gpu.yaml",
            "nvidia.yaml",
            "amd.yaml",
            "intel-integrated.yaml",
            "fpga-intel.yaml",
            "fpga-xilinx.yaml",
            "cuda.yaml",
            "nvidia-volta.yaml",
            "nvidia-turing.yaml",
            "nvidia-ampere.yaml",
            "nvidia-ampere-consumer.yaml",
            "nvidia-ada.yaml",
            "nvidia-hopper.yaml",
            "nvidia-blackwell.yaml",
            "nvidia-blackwell-consumer.yaml");

    private final List<ProfileLayer> layers;
    private final Optional<ProfileLayer> override;

    private ProfileCatalog(List<ProfileLayer> layers, Optional<ProfileLayer> override) {
        this.layers = List.copyOf(layers);
        this.override = override;
    }

    /**
     * Reads all profiles.
     *
     * @param userFolder where the user's {@code *.yaml} files lie; it need not exist
     * @param override   a file whose settings win for every device, whatever it matches
     * @throws ProfileException when a file cannot be read or is not a sound profile
     */
    public static ProfileCatalog load(Path userFolder, Optional<Path> override) {
        List<ProfileLayer> layers = new ArrayList<>();
        for (String name : SHIPPED) {
            layers.add(ProfileReader.read(name, resource(name), Path.of("")));
        }
        for (Path file : yamlFiles(userFolder)) {
            layers.add(read(file));
        }
        return new ProfileCatalog(layers, override.map(ProfileCatalog::read));
    }

    /**
     * {@return the folder for the user's profiles}
     *
     * @param configHome value of {@code XDG_CONFIG_HOME}, null or empty where it is not set
     * @param home       the user's home folder
     */
    public static Path userFolder(String configHome, String home) {
        Path base = configHome == null || configHome.isEmpty() ? Path.of(home, ".config") : Path.of(configHome);
        return base.resolve("sirocco").resolve("profiles");
    }

    private static ProfileLayer read(Path file) {
        return ProfileReader.read(
                file.toString(), contents(file), file.toAbsolutePath().getParent());
    }

    /**
     * {@return the settings for a device}
     *
     * @throws ProfileException when the profiles that match it give sizes that do not fit each other
     */
    public DeviceProfile forDevice(DeviceTraits device) {
        return merged(layer -> layer.match().matches(device));
    }

    /**
     * {@return the settings of a profile, for a device that is not here} They lie over those of each profile that
     * matches whatever this one does.
     *
     * @throws ProfileException when there is none of this name
     */
    public DeviceProfile named(String name) {
        ProfileLayer wanted = layers.stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProfileException("there is no device profile '" + name + "'; there are "
                        + layers.stream().map(ProfileLayer::name).collect(Collectors.joining(", "))));
        return merged(layer -> layer.name().equals(name) || layer.match().isImpliedBy(wanted.match()));
    }

    private DeviceProfile merged(Predicate<ProfileLayer> applies) {
        List<ProfileLayer> matching = Stream.concat(layers.stream().filter(applies), override.stream())
                .toList();
        List<String> sources = matching.stream().map(ProfileLayer::name).toList();
        return new DeviceProfile(
                sources,
                last(matching, ProfileKey.PREFILL_CHUNK).orElseThrow(),
                last(matching, ProfileKey.MEMORY_SHARE).orElseThrow(),
                kernels(sources, matching),
                last(matching, ProfileKey.BUILD_OPTIONS).orElse(""),
                last(matching, ProfileKey.CODE).orElseThrow(),
                last(matching, ProfileKey.BINARIES));
    }

    private static KernelProfile kernels(List<String> sources, List<ProfileLayer> matching) {
        try {
            return new KernelProfile(
                    last(matching, ProfileKey.KERNEL_SHAPE).orElseThrow().equals("workgroup"),
                    last(matching, ProfileKey.GROUP_SIZE).orElseThrow(),
                    last(matching, ProfileKey.VECTOR_LANES).orElseThrow(),
                    last(matching, ProfileKey.VECTOR_ROWS).orElseThrow(),
                    last(matching, ProfileKey.BLOCK_LOADS).orElseThrow().equals("strips"),
                    last(matching, ProfileKey.TILE).orElseThrow(),
                    last(matching, ProfileKey.TENSOR_CORES).orElseThrow().equals("yes"),
                    last(matching, ProfileKey.ATTENTION_SPLITS).orElseThrow(),
                    last(matching, ProfileKey.ATTENTION_POSITIONS).orElseThrow());
        } catch (IllegalArgumentException e) {
            throw new ProfileException("profile " + String.join(" + ", sources) + ": " + e.getMessage(), e);
        }
    }

    private static <T> Optional<T> last(List<ProfileLayer> layers, ProfileKey<T> key) {
        return layers.reversed().stream()
                .flatMap(layer -> layer.value(key).stream())
                .findFirst();
    }

    private static String resource(String name) {
        try (InputStream in = ProfileCatalog.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> yamlFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ProfileException(folder + ": cannot be listed: " + e.getMessage(), e);
        }
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ProfileException(file + ": does not exist; name a profile file", e);
        } catch (IOException e) {
            throw new ProfileException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
