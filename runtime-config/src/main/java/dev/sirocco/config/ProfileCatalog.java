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
import java.util.stream.Stream;

/**
 * All profiles, the most general first: those that come with this module, then the user's in the order of their file
 * names, then the one named on the command line, which is for every device. Where several match a device, the later
 * ones win, key by key. Immutable.
 */
public final class ProfileCatalog {
    /** The first matches every device and has every key. */
    private static final List<String> SHIPPED = List.of("default.yaml", "cpu.yaml", "reference.yaml");

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
            layers.add(ProfileReader.read(name, resource(name)));
        }
        for (Path file : yamlFiles(userFolder)) {
            layers.add(ProfileReader.read(file.toString(), contents(file)));
        }
        return new ProfileCatalog(layers, override.map(file -> ProfileReader.read(file.toString(), contents(file))));
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

    /**
     * {@return the settings for a device}
     *
     * @param driver     such as {@code cpu} or {@code opencl}
     * @param deviceName the vendor's name of the device
     */
    public DeviceProfile forDevice(String driver, String deviceName) {
        List<ProfileLayer> matching = Stream.concat(
                        layers.stream().filter(layer -> layer.matches(driver, deviceName)), override.stream())
                .toList();
        return new DeviceProfile(
                matching.stream().map(ProfileLayer::name).toList(),
                last(matching.stream().map(ProfileLayer::prefillChunk)),
                last(matching.stream().map(ProfileLayer::memoryShare)));
    }

    private static <T> T last(Stream<Optional<T>> values) {
        return values.flatMap(Optional::stream).reduce((_, later) -> later).orElseThrow();
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
