package dev.sirocco.model.source;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.safetensors.SafetensorsFile;
import dev.sirocco.model.safetensors.StoredTensor;
import dev.sirocco.model.tokenizer.TokenizerFiles;
import dev.sirocco.tasks.rope.RotaryPairs;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model as it was published: a folder with safetensors files, its numbers and its tokenizer. Matrices are used where
 * they lie. The weights of norms, which GGUF has in F32 and which are small, are widened to that.
 */
public final class FolderSource implements ModelSource {
    private static final String NORM = "_norm.weight";

    private final Checkpoint checkpoint;
    private final List<SafetensorsFile> shards;
    private final GgufMetadata metadata;
    private final Map<String, Located> tensors = new LinkedHashMap<>();

    /** A tensor under its canonical name, and where it is. */
    private record Located(GgufTensor tensor, SafetensorsFile shard, StoredTensor stored) {
        boolean isWidened() {
            return tensor.sizeBytes() != stored.sizeBytes();
        }
    }

    private FolderSource(Checkpoint checkpoint, List<SafetensorsFile> shards) {
        this.checkpoint = checkpoint;
        this.shards = shards;
        Checkpoint.Numbers numbers = checkpoint.numbers();
        Map<String, GgufValue> keys = new LinkedHashMap<>(numbers.keys());
        keys.putAll(TokenizerFiles.keys(checkpoint.folder()));
        metadata = new GgufMetadata(checkpoint.folder(), keys);
        for (SafetensorsFile shard : shards) {
            for (StoredTensor stored : shard.tensors()) {
                add(shard, stored);
            }
        }
        checkIndex();
        if (numbers.tiedOutput()) {
            tensors.remove("output.weight");
        } else if (!tensors.containsKey("output.weight")) {
            throw checkpoint
                    .config()
                    .problem("does not say that the embedding is the output matrix too, but the weights have none;"
                            + " download the model again");
        }
    }

    static FolderSource open(Path folder) {
        Checkpoint checkpoint = Checkpoint.find(folder);
        List<SafetensorsFile> opened = new ArrayList<>();
        try {
            for (Path shard : checkpoint.shards()) {
                opened.add(SafetensorsFile.open(shard));
            }
            return new FolderSource(checkpoint, List.copyOf(opened));
        } catch (Throwable failure) {
            opened.forEach(SafetensorsFile::close);
            throw failure;
        }
    }

    private void add(SafetensorsFile shard, StoredTensor stored) {
        String quoted = "tensor " + ModelFileException.quote(stored.name());
        if (CheckpointLayout.isBeside(stored.name())) {
            return;
        }
        String name = checkpoint
                .layout()
                .canonicalName(stored.name())
                .orElseThrow(() -> new ModelFileException(
                        shard.path(),
                        quoted + " is none that the forward pass uses, so its effect would be missing; use a model of"
                                + " the Mistral family that is not quantized"));
        GgufTensor tensor = new GgufTensor(
                name,
                type(shard, stored, name),
                stored.shape().reversed(),
                stored.offset(),
                sizeBytes(shard, stored, name));
        Located other = tensors.putIfAbsent(name, new Located(tensor, shard, stored));
        if (other != null) {
            throw new ModelFileException(
                    shard.path(),
                    quoted + " is in " + other.shard().path().getFileName() + " too, as "
                            + ModelFileException.quote(other.stored().name()) + "; download the model again");
        }
    }

    private static GgmlType type(SafetensorsFile shard, StoredTensor stored, String name) {
        return switch (stored.type()) {
            case F32 -> GgmlType.F32;
            case F16 -> name.endsWith(NORM) ? GgmlType.F32 : GgmlType.F16;
            case BF16 -> name.endsWith(NORM) ? GgmlType.F32 : GgmlType.BF16;
            case BOOL, U8, I8, F8_E4M3, F8_E5M2, F8_E8M0, I16, U16, I32, U32, F64, I64, U64 ->
                throw new ModelFileException(
                        shard.path(),
                        "tensor " + ModelFileException.quote(stored.name()) + " has the type " + stored.type()
                                + ", which is not supported; use a model in BF16, F16 or F32");
        };
    }

    private static long sizeBytes(SafetensorsFile shard, StoredTensor stored, String name) {
        try {
            return type(shard, stored, name).sizeBytes(stored.shape().reversed());
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(
                    shard.path(), "tensor " + ModelFileException.quote(stored.name()) + " " + e.getMessage(), e);
        }
    }

    private void checkIndex() {
        Map<String, String> expected = new LinkedHashMap<>(checkpoint.shardOf());
        for (SafetensorsFile shard : shards) {
            String name = shard.path().getFileName().toString();
            shard.tensors().forEach(tensor -> expected.remove(tensor.name(), name));
        }
        expected.forEach((tensor, shard) -> {
            throw new ModelFileException(
                    checkpoint.folder().resolve(shard),
                    "lacks the tensor " + ModelFileException.quote(tensor)
                            + ", which the index says is in it; download both again");
        });
    }

    @Override
    public Path path() {
        return checkpoint.folder();
    }

    @Override
    public String format() {
        return "safetensors, " + checkpoint.layout().configName() + ", " + shards.size()
                + (shards.size() == 1 ? " file" : " files");
    }

    @Override
    public long sizeBytes() {
        return shards.stream().mapToLong(SafetensorsFile::sizeBytes).sum();
    }

    @Override
    public GgufMetadata metadata() {
        return metadata;
    }

    @Override
    public RotaryPairs rotaryPairs() {
        return checkpoint.layout().pairs();
    }

    @Override
    public List<GgufTensor> tensors() {
        return tensors.values().stream().map(Located::tensor).toList();
    }

    @Override
    public Optional<GgufTensor> find(String name) {
        return Optional.ofNullable(tensors.get(name)).map(Located::tensor);
    }

    @Override
    public MemorySegment view(GgufTensor tensor) {
        Located located = locate(tensor);
        MemorySegment bytes = located.shard().view(located.stored());
        return located.isWidened() ? NormWidening.widen(located.stored().type(), bytes, 0) : bytes;
    }

    @Override
    public MemorySegment mapPrivate(GgufTensor tensor, long headerBytes) {
        Located located = locate(tensor);
        return located.isWidened()
                ? NormWidening.widen(located.stored().type(), located.shard().view(located.stored()), headerBytes)
                : located.shard().mapPrivate(located.stored(), headerBytes);
    }

    private Located locate(GgufTensor tensor) {
        Located located = tensors.get(tensor.name());
        if (located == null) {
            throw new IllegalArgumentException(tensor + " is not a tensor of " + path());
        }
        return located;
    }

    @Override
    public void close() {
        shards.forEach(SafetensorsFile::close);
    }
}
