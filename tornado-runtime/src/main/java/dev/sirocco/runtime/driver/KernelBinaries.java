package dev.sirocco.runtime.driver;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Kernels that were compiled elsewhere, as offline compilers do, and are loaded instead of being compiled.
 *
 * @param folder     where they come from, for messages; empty when there are none
 * @param files      by the digest of the source that a kernel is generated as
 */
public record KernelBinaries(String folder, Map<String, Path> files) {
    /** No binaries: everything is compiled. */
    public static final KernelBinaries NONE = new KernelBinaries("", Map.of());

    public KernelBinaries {
        files = Map.copyOf(files);
    }

    /** {@return the file that has a kernel} */
    public Optional<Path> find(String digest) {
        return Optional.ofNullable(files.get(digest));
    }

    @Override
    public String toString() {
        return folder;
    }
}
