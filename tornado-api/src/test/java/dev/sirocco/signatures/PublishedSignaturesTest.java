package dev.sirocco.signatures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whether classes compiled against this module link on TornadoVM. The published class files are of 1.1.2-dev and of
 * Java 21 with previews, so they are read and not loaded; what 5.2.0-jdk25 has beyond them is listed, line by line, in
 * {@code newer-than-published.txt}, and what only this module has in {@code own-additions.txt}.
 */
class PublishedSignaturesTest {
    private static final String PACKAGE = "uk/ac/manchester/tornado/api/";
    private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
    private static final Path OURS = MODULE.resolve("target/classes");
    private static final Path PUBLISHED = MODULE.resolve("target/published-api/gpu-llama3.jar");

    @Test
    void differsFromThePublishedClassesOnlyWhereListed() throws IOException {
        Difference difference = Difference.of(ours(), published());
        System.out.printf(
                "Compared %d classes and %d members with TornadoVM's published class files%n",
                difference.comparedClasses(), difference.comparedMembers());
        List<String> explained = new ArrayList<>(listed("newer-than-published.txt"));
        explained.addAll(listed("own-additions.txt"));

        assertEquals(List.of(), without(difference.lines(), explained), "differences that no list explains");
        assertEquals(List.of(), without(explained, difference.lines()), "listed, but no difference");
        assertEquals(explained.size(), new HashSet<>(explained).size(), "listed twice");
        assertTrue(difference.comparedClasses() >= 55, "compared classes: " + difference.comparedClasses());
        assertTrue(difference.comparedMembers() >= 320, "compared members: " + difference.comparedMembers());
    }

    /** Run by the profile tornadovm-sdk: nothing is newer than the class files of 5.2.0-jdk25 itself. */
    @Test
    @Tag("sdk")
    void differsFromTheSdksClassesOnlyInItsAdditions() throws IOException {
        Path jars = Path.of(System.getenv("TORNADOVM_HOME"), "share", "java", "tornado");
        Path api;
        try (Stream<Path> files = Files.list(jars)) {
            api = files.filter(file -> file.getFileName().toString().startsWith("tornado-api-"))
                    .findFirst()
                    .orElseThrow();
        }
        Difference difference = Difference.of(ours(), surfaces(api));
        System.out.printf(
                "Compared %d classes and %d members with %s%n",
                difference.comparedClasses(), difference.comparedMembers(), api.getFileName());
        assertEquals(
                listed("own-additions.txt").stream().sorted().toList(),
                difference.lines().stream().sorted().toList());
    }

    @Test
    void seesADifferenceInEveryPartOfASignature() throws IOException {
        Map<String, ClassSurface> published = published();
        String name = PACKAGE + "types/arrays/FloatArray";
        ClassSurface real = published.get(name);
        ClassSurface.Member get = real.members().get("get(I)F");
        assertFalse(get.flags().isEmpty());

        Map<String, ClassSurface.Member> members = new TreeMap<>(real.members());
        members.put("get(I)F", new ClassSurface.Member(Set.of(), "<T>", "throws [x]"));
        members.put("get(J)F", get);
        ClassSurface altered = new ClassSurface(
                name,
                real.flags(),
                "java/lang/Object",
                List.of("java/io/Serializable"),
                members,
                List.of(),
                List.of("Retention"));
        List<String> lines = Difference.of(Map.of(name, altered), published).lines();
        for (String part : List.of(
                "superclass is java/lang/Object",
                "annotations is [Retention]",
                "implements java/io/Serializable",
                "get(J)F is not there",
                "flags of get(I)F is []",
                "generic signature of get(I)F is <T>",
                "constant or exceptions of get(I)F is throws [x]")) {
            assertEquals(1, lines.stream().filter(line -> line.contains(part)).count(), part + " in " + lines);
        }
        assertEquals(7, lines.size(), lines::toString);
    }

    @Test
    void seesEnumConstantsInAnotherOrder() throws IOException {
        Map<String, ClassSurface> published = published();
        String name = PACKAGE + "enums/ProfilerMode";
        ClassSurface real = published.get(name);
        ClassSurface altered = new ClassSurface(
                name,
                real.flags(),
                real.superName(),
                real.interfaces(),
                real.members(),
                real.enumConstants().reversed(),
                real.annotations());
        List<String> lines = Difference.of(Map.of(name, altered), published).lines();
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.getFirst().contains("order of enum constants is [SILENT, CONSOLE]"), lines::toString);
    }

    private static Map<String, ClassSurface> ours() throws IOException {
        Map<String, ClassSurface> surfaces = new TreeMap<>();
        try (Stream<Path> files = Files.walk(OURS.resolve(PACKAGE))) {
            for (Path file : files.filter(PublishedSignaturesTest::isClass).toList()) {
                ClassSurface surface = ClassSurface.of(Files.readAllBytes(file));
                surfaces.put(surface.name(), surface);
            }
        }
        return surfaces;
    }

    private static Map<String, ClassSurface> published() throws IOException {
        assertTrue(
                Files.exists(PUBLISHED), PUBLISHED + " is missing: run ./mvnw -pl tornado-api generate-test-resources");
        return surfaces(PUBLISHED);
    }

    private static Map<String, ClassSurface> surfaces(Path file) throws IOException {
        Map<String, ClassSurface> surfaces = new TreeMap<>();
        try (ZipFile jar = new ZipFile(file.toFile())) {
            for (ZipEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith(PACKAGE) && entry.getName().endsWith(".class")) {
                    try (InputStream bytes = jar.getInputStream(entry)) {
                        ClassSurface surface = ClassSurface.of(bytes.readAllBytes());
                        surfaces.put(surface.name(), surface);
                    }
                }
            }
        }
        return surfaces;
    }

    private static boolean isClass(Path file) {
        return file.toString().endsWith(".class") && !file.endsWith("package-info.class");
    }

    /** {@return the lines of a list beside this class, without comments} */
    private static List<String> listed(String resource) throws IOException {
        try (InputStream bytes = PublishedSignaturesTest.class.getResourceAsStream(resource)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    private static List<String> without(List<String> lines, List<String> removed) {
        List<String> left = new ArrayList<>(lines);
        left.removeAll(removed);
        return left;
    }
}
