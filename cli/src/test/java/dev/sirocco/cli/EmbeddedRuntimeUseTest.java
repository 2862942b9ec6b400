package dev.sirocco.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * On a TornadoVM SDK the embedded runtime is not on the class path, and picocli asks each command's class for all of
 * its methods: one that names a class of the embedded runtime would end every command that has those options.
 */
final class EmbeddedRuntimeUseTest {
    private static final String EMBEDDED = "dev/sirocco/runtime/";

    @Test
    void onlyTheseClassesNameTheEmbeddedRuntime() throws IOException, URISyntaxException {
        Path classes = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Set<String> found;
        try (Stream<Path> files = Files.walk(classes)) {
            found = files.filter(file -> file.toString().endsWith(".class"))
                    .map(EmbeddedRuntimeUseTest::parse)
                    .filter(EmbeddedRuntimeUseTest::namesTheEmbeddedRuntime)
                    .map(model -> model.thisClass().asInternalName().replaceFirst(".*/([^$]*).*", "$1"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        // The commands of kernels, what they use, and the two that find out whether there is such a runtime.
        assertEquals(
                new TreeSet<>(Set.of(
                        "ApplicationPath",
                        "EmbeddedDevices",
                        "EmbeddedKernels",
                        "KernelManifest",
                        "KernelsBuildCommand",
                        "KernelsExportCommand")),
                found);
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean namesTheEmbeddedRuntime(ClassModel model) {
        for (PoolEntry entry : model.constantPool()) {
            boolean named = switch (entry) {
                case ClassEntry type -> type.asInternalName().contains(EMBEDDED);
                case Utf8Entry text -> text.stringValue().contains("L" + EMBEDDED);
                default -> false;
            };
            if (named) {
                return true;
            }
        }
        return false;
    }
}
