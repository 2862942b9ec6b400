package dev.sirocco.cli.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder in which pulled models lie, as {@code OWNER/NAME/FILE}, other revisions than the main
 * branch as {@code OWNER/NAME@REVISION/FILE}.
 *
 * @param folder which need not exist
 */
public record ModelCache(Path folder) {

    /** {@return the user's: {@code sirocco/models} below {@code $XDG_CACHE_HOME}, or below {@code ~/.cache}} */
    public static ModelCache of(Map<String, String> environment) {
        String named = environment.getOrDefault("XDG_CACHE_HOME", "");
        // A relative path is to be ignored, as the XDG specification says.
        Path cache = named.startsWith("/") ? Path.of(named) : Path.of(System.getProperty("user.home"), ".cache");
        return new ModelCache(cache.resolve("sirocco").resolve("models"));
    }

    Path repository(HubName name) {
        return folder.resolve(name.folder());
    }

    /** {@return the model's file or its first part; empty when it was not pulled, or several could be meant} */
    public Optional<Path> find(HubName name) {
        Path repository = repository(name);
        if (!Files.isDirectory(repository)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(repository)) {
            List<String> paths = files.filter(Files::isRegularFile)
                    .map(file -> repository.relativize(file).toString().replace('\\', '/'))
                    .toList();
            return new FileChoice(paths).choose(name.file()).map(parts -> repository.resolve(parts.getFirst()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
