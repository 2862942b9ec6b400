package dev.sirocco.cli;

import dev.sirocco.config.ProfileCatalog;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where device profiles come from, besides those that come with the program. */
final class ProfileOption {
    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "A device profile whose settings win over all others; see docs/device-profiles.md.")
    private Path file;

    /** {@return all profiles} See {@link ProfileCatalog#load}. */
    ProfileCatalog catalog() {
        Path userFolder = ProfileCatalog.userFolder(System.getenv("XDG_CONFIG_HOME"), System.getProperty("user.home"));
        return ProfileCatalog.load(userFolder, Optional.ofNullable(file));
    }
}
