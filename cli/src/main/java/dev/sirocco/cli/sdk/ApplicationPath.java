package dev.sirocco.cli.sdk;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import uk.ac.manchester.tornado.api.TaskGraph;

/** The class path of this program without the embedded runtime and its API, whose place the SDK's modules take. */
final class ApplicationPath {
    private ApplicationPath() {}

    /** {@return the entries of a class path that do not hold a part of the embedded runtime} */
    static String of(String classPath) {
        Set<Path> left = new HashSet<>();
        left.add(home(TaskGraph.class));
        left.add(home(dev.sirocco.runtime.Devices.class));
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .filter(entry -> !left.contains(Path.of(entry).toAbsolutePath().normalize()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path home(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            URI location = source.getLocation().toURI();
            return Path.of(location).toAbsolutePath().normalize();
        } catch (URISyntaxException e) {
            throw new SdkException("the class path has an entry that is no file: " + e.getMessage(), e);
        }
    }
}
