package dev.sirocco.model.source;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgufFile;
import dev.sirocco.model.gguf.GgufMetadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How the parts of a split GGUF file are called, {@code NAME-00001-of-00003.gguf}, and what their keys {@code split.*}
 * say. Source: llama.cpp's {@code gguf-split}.
 */
final class SplitName {
    private static final Pattern NAME = Pattern.compile("(.+)-(\\d{5})-of-(\\d{5})\\.gguf");
    private static final String COUNT = "split.count";
    private static final String NUMBER = "split.no";
    private static final String TENSORS = "split.tensors.count";
    private static final int MAX_PARTS = 1 << 10;
    private static final int SHOWN_PARTS = 8;

    private SplitName() {}

    /** {@return whether the names are those of the parts of one file} */
    static boolean areOneModel(List<String> names) {
        return names.stream()
                        .map(NAME::matcher)
                        .map(name -> name.matches() ? name.group(1) + name.group(3) : name.toString())
                        .distinct()
                        .count()
                == 1;
    }

    /**
     * {@return the paths of all parts, in order, when the file is one of several; every one exists}
     *
     * @throws ModelFileException when parts are missing, naming them
     */
    static Optional<List<Path>> partsOf(GgufFile file) {
        int count = file.metadata().getInt(COUNT, 1);
        if (count == 1 || count == 0) {
            return Optional.empty();
        }
        Path path = file.path();
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (count < 0 || count > MAX_PARTS) {
            throw new ModelFileException(path, COUNT + " is " + count + "; at most " + MAX_PARTS + " are supported");
        }
        if (!name.matches() || Integer.parseInt(name.group(3)) != count) {
            throw new ModelFileException(
                    path,
                    "is one of " + count
                            + " parts, but its name does not end in -00001-of-%05d.gguf or so, by which"
                                    .formatted(count)
                            + " the others are found; give the parts the names that they were made with");
        }
        List<Path> parts = IntStream.rangeClosed(1, count)
                .mapToObj(number -> path.resolveSibling("%s-%05d-of-%05d.gguf".formatted(name.group(1), number, count)))
                .toList();
        List<Path> missing = parts.stream().filter(Files::notExists).toList();
        if (!missing.isEmpty()) {
            throw new ModelFileException(
                    path,
                    "lacks " + missing.size() + " of its " + count + " parts: "
                            + missing.stream()
                                    .limit(SHOWN_PARTS)
                                    .map(part -> part.getFileName().toString())
                                    .collect(Collectors.joining(", "))
                            + (missing.size() > SHOWN_PARTS ? ", …" : "") + "; download them to the same folder");
        }
        return Optional.of(parts);
    }

    /**
     * Checks that the parts are those of one model.
     *
     * @throws ModelFileException naming the part that is not
     */
    static void check(List<GgufFile> parts) {
        int tensors = 0;
        for (int i = 0; i < parts.size(); i++) {
            GgufMetadata keys = parts.get(i).metadata();
            if (keys.getInt(COUNT, 1) != parts.size() || keys.getInt(NUMBER, -1) != i) {
                throw new ModelFileException(
                        parts.get(i).path(),
                        "says that it is part " + (1L + keys.getInt(NUMBER, -1)) + " of " + keys.getInt(COUNT, 1)
                                + ", not part " + (i + 1) + " of " + parts.size()
                                + " as its name does; download it again");
            }
            tensors += parts.get(i).tensors().size();
        }
        GgufFile first = parts.getFirst();
        int expected = first.metadata().getInt(TENSORS, tensors);
        if (expected != tensors) {
            throw new ModelFileException(
                    first.path(),
                    "says that the model has " + expected + " tensors (" + TENSORS + "), but its " + parts.size()
                            + " parts have " + tensors + "; download them again");
        }
    }
}
