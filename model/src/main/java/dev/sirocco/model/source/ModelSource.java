package dev.sirocco.model.source;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.tasks.rope.RotaryPairs;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a model's numbers, vocabulary and tensors come from. Whatever the files are, keys and tensors have the names
 * that GGUF gives them, so that nothing behind this interface knows of other formats.
 *
 * <p>Owns the mapped files and the segments that it gives; all become invalid on {@link #close()}. Safe for use by
 * several threads.
 */
public sealed interface ModelSource extends AutoCloseable permits GgufSource, FolderSource {

    /**
     * Opens a model.
     *
     * @param path a GGUF file, any part of a split one, or a folder with either a published model in safetensors files
     *             or one GGUF model
     * @throws ModelFileException when it cannot be read, or is not sound
     */
    static ModelSource open(Path path) {
        if (!Files.isDirectory(path)) {
            return GgufSource.open(path);
        }
        return Checkpoint.isIn(path) ? FolderSource.open(path) : GgufSource.openIn(path);
    }

    /** {@return what the model was opened by, for messages} */
    Path path();

    /** {@return the format of the files, for people to read} */
    String format();

    /** {@return bytes of all files together} */
    long sizeBytes();

    GgufMetadata metadata();

    /** {@return in which order the rows of the query and key matrices are, and so the elements of a head} */
    RotaryPairs rotaryPairs();

    /** {@return all tensors, in the files' order} */
    List<GgufTensor> tensors();

    Optional<GgufTensor> find(String name);

    /**
     * {@return the tensor of this name}
     *
     * @throws ModelFileException when there is none
     */
    default GgufTensor tensor(String name) {
        return find(name).orElseThrow(() -> metadata().problem("lacks the tensor " + ModelFileException.quote(name)));
    }

    /** {@return a tensor's bytes, read-only, little endian} */
    MemorySegment view(GgufTensor tensor);

    /**
     * {@return {@code headerBytes + tensor.sizeBytes()} writable bytes, the data at offset {@code headerBytes}}
     *
     * <p>For use as an array of the task-graph API, which keeps a header in front of its elements and writes to it.
     * What is written reaches neither the file nor other segments.
     *
     * @param headerBytes how many bytes before the data the segment begins; what they hold is undefined
     * @throws ModelFileException when the system refuses the mapping
     */
    MemorySegment mapPrivate(GgufTensor tensor, long headerBytes);

    /** Closes the files; a second call does nothing. */
    @Override
    void close();
}
