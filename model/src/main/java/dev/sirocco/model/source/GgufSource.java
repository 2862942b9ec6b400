package dev.sirocco.model.source;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgufFile;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.tasks.rope.RotaryPairs;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model in one GGUF file, or in the parts of a split one, of which the first has the metadata. */
public final class GgufSource implements ModelSource {
    private final List<GgufFile> parts;
    private final List<GgufTensor> tensors = new ArrayList<>();
    private final Map<String, GgufFile> partOfTensor = new HashMap<>();

    private GgufSource(List<GgufFile> parts) {
        this.parts = parts;
        for (GgufFile part : parts) {
            for (GgufTensor tensor : part.tensors()) {
                GgufFile other = partOfTensor.put(tensor.name(), part);
                if (other != null) {
                    throw new ModelFileException(
                            part.path(),
                            "has the tensor " + ModelFileException.quote(tensor.name()) + ", which "
                                    + other.path().getFileName() + " has too; download the model again");
                }
                tensors.add(tensor);
            }
        }
    }

    static GgufSource open(Path path) {
        List<GgufFile> opened = new ArrayList<>();
        try {
            opened.add(GgufFile.open(path));
            SplitName.partsOf(opened.getFirst()).ifPresent(names -> {
                opened.removeFirst().close();
                names.forEach(name -> opened.add(GgufFile.open(name)));
                SplitName.check(opened);
            });
            return new GgufSource(List.copyOf(opened));
        } catch (Throwable failure) {
            opened.forEach(GgufFile::close);
            throw failure;
        }
    }

    /** Opens the one GGUF model in a folder. */
    static GgufSource openIn(Path folder) {
        List<String> files = Checkpoint.list(folder, ".gguf");
        boolean oneModel = files.size() == 1 || !files.isEmpty() && SplitName.areOneModel(files);
        if (!oneModel) {
            throw new ModelFileException(
                    folder,
                    files.isEmpty()
                            ? "is a directory without model files; name a GGUF file, or a folder with safetensors files"
                            : "is a directory with " + files.size() + " GGUF files; name one of them");
        }
        return open(folder.resolve(files.getFirst()));
    }

    /** {@return the files; more than one when the model is split} */
    public List<GgufFile> parts() {
        return parts;
    }

    @Override
    public Path path() {
        return parts.getFirst().path();
    }

    @Override
    public String format() {
        GgufFile first = parts.getFirst();
        return "GGUF " + first.version() + ", alignment " + first.alignment() + " bytes"
                + (parts.size() == 1 ? "" : ", " + parts.size() + " parts");
    }

    @Override
    public long sizeBytes() {
        return parts.stream().mapToLong(GgufFile::sizeBytes).sum();
    }

    @Override
    public GgufMetadata metadata() {
        return parts.getFirst().metadata();
    }

    @Override
    public RotaryPairs rotaryPairs() {
        return RotaryPairs.ADJACENT;
    }

    @Override
    public List<GgufTensor> tensors() {
        return List.copyOf(tensors);
    }

    @Override
    public Optional<GgufTensor> find(String name) {
        return Optional.ofNullable(partOfTensor.get(name)).flatMap(part -> part.find(name));
    }

    @Override
    public MemorySegment view(GgufTensor tensor) {
        return part(tensor).view(tensor);
    }

    @Override
    public MemorySegment mapPrivate(GgufTensor tensor, long headerBytes) {
        return part(tensor).mapPrivate(tensor, headerBytes);
    }

    private GgufFile part(GgufTensor tensor) {
        GgufFile part = partOfTensor.get(tensor.name());
        if (part == null) {
            throw new IllegalArgumentException(tensor + " is not a tensor of " + path());
        }
        return part;
    }

    @Override
    public void close() {
        parts.forEach(GgufFile::close);
    }
}
