package dev.sirocco.cli;

import dev.sirocco.model.convert.Conversion;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.quantize.Mixture;
import dev.sirocco.model.quantize.Quantizer;
import dev.sirocco.model.source.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a GGUF file from a model, and says what it made. */
final class ConvertedFile {
    private final Console console;
    private final NewFileOptions options;

    ConvertedFile(Console console, NewFileOptions options) {
        this.console = console;
        this.options = options;
    }

    /** {@return the mixture of this name} */
    static Mixture mixture(String option, String name) {
        return Mixture.ofName(name)
                .orElseThrow(() -> new CommandFailure(option + ": '" + Printable.oneLine(name)
                        + "' is no type that can be made; choose one of "
                        + Arrays.stream(Mixture.values()).map(Mixture::name).collect(Collectors.joining(", "))));
    }

    /** {@return the type of tensors of this name} */
    static GgmlType type(String option, String name) {
        return Stream.of(GgmlType.values())
                .filter(type -> type.name().equals(name.toUpperCase(Locale.ROOT)))
                .filter(type -> Quantizer.of(type).isPresent())
                .findFirst()
                .orElseThrow(() -> new CommandFailure(option + ": '" + Printable.oneLine(name)
                        + "' is no type of tensors that can be made; choose one of "
                        + Stream.of(GgmlType.values())
                                .filter(type -> Quantizer.of(type).isPresent())
                                .map(GgmlType::name)
                                .collect(Collectors.joining(", "))));
    }

    /**
     * Makes the file.
     *
     * @throws CommandFailure when it exists already, or there is no room
     */
    void make(String activity, Path source, Path target, Conversion.Recipe recipe) {
        if (Files.notExists(source)) {
            throw new CommandFailure(source + ": does not exist; name a GGUF file or a folder with safetensors files");
        }
        long start = System.nanoTime();
        try (ModelSource model = ModelSource.open(source)) {
            Conversion conversion = new Conversion(model, recipe);
            NewFile.require(target, options.force(), conversion.dataBytes());
            if (Files.exists(target) && isPartOf(target, model.path())) {
                throw new CommandFailure(target + ": is the model itself; name another file");
            }
            try (ByteProgress progress =
                    new ByteProgress(console, activity + " " + target.getFileName(), conversion.dataBytes(), 0)) {
                conversion.write(target, options.threads(), progress::advance);
            }
            report(target, conversion.types(), (System.nanoTime() - start) / 1e9);
        }
    }

    private static boolean isPartOf(Path target, Path model) {
        try {
            return !Files.isDirectory(model) && Files.isSameFile(target, model);
        } catch (IOException e) {
            throw new CommandFailure(target + ": cannot be examined: " + e.getMessage(), e);
        }
    }

    private void report(Path target, Map<GgmlType, Integer> types, double seconds) {
        long size = target.toFile().length();
        if (options.json()) {
            JsonOutput.object(console, out -> {
                out.writeStringField("file", target.toString());
                out.writeNumberField("size_bytes", size);
                out.writeNumberField("seconds", seconds);
                out.writeObjectFieldStart("types");
                for (Map.Entry<GgmlType, Integer> type : types.entrySet()) {
                    out.writeNumberField(type.getKey().toString(), type.getValue());
                }
                out.writeEndObject();
            });
        } else {
            console.println(Printable.oneLine(target.toString()) + "  " + Printable.bytes(size) + "  "
                    + types.entrySet().stream()
                            .map(type -> type.getValue() + " " + type.getKey())
                            .collect(Collectors.joining(", ")));
        }
    }
}
