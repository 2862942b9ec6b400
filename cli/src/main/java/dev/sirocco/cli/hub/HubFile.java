package dev.sirocco.cli.hub;

import java.util.Optional;

/**
 * A file of a repository.
 *
 * @param path      in the repository
 * @param sizeBytes as the hub lists it
 * @param sha256    in lower-case hexadecimal digits, empty when the hub does not say
 */
record HubFile(String path, long sizeBytes, Optional<String> sha256) {}
