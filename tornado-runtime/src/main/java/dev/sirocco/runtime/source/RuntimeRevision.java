package dev.sirocco.runtime.source;

import dev.sirocco.runtime.cache.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/** Tells this build of the runtime from others, by what its classes contain. */
final class RuntimeRevision {
    private static final Optional<String> CURRENT =
            beside(RuntimeRevision.class).map(classes -> Digest.name(Runtime.version() + "\n" + classes));

    private RuntimeRevision() {}

    /** {@return what stands for the runtime and the Java that it runs on; empty when its classes cannot be read} */
    static Optional<String> current() {
        return CURRENT;
    }

    private static Optional<String> beside(Class<?> member) {
        CodeSource source = member.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(Path.of(source.getLocation().toURI())));
        } catch (URISyntaxException | IllegalArgumentException | IOException | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }

    /** {@return the names, sizes and checksums of the files in a jar or a folder} */
    static String of(Path place) throws IOException {
        return Files.isDirectory(place) ? ofFolder(place) : ofJar(place);
    }

    private static String ofJar(Path jar) throws IOException {
        StringBuilder text = new StringBuilder();
        try (ZipFile entries = new ZipFile(jar.toFile())) {
            entries.entries()
                    .asIterator()
                    .forEachRemaining(entry -> text.append(line(entry.getName(), entry.getSize(), entry.getCrc())));
        }
        return text.toString();
    }

    private static String ofFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> line(folder.relativize(file).toString(), file))
                    .collect(Collectors.joining());
        }
    }

    private static String line(String name, Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            CRC32 checksum = new CRC32();
            checksum.update(content);
            return line(name, content.length, checksum.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(String name, long bytes, long checksum) {
        return name + " " + bytes + " " + checksum + "\n";
    }
}
