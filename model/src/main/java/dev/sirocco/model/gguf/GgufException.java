package dev.sirocco.model.gguf;

import dev.sirocco.model.files.ModelFileException;
import java.nio.file.Path;

/** A GGUF file cannot be read, or not be written; or its metadata, or what stands for it, does not fit together. */
public final class GgufException extends ModelFileException {
    GgufException(Path file, String problem) {
        super(file, problem);
    }

    GgufException(Path file, String problem, Throwable cause) {
        super(file, problem, cause);
    }
}
