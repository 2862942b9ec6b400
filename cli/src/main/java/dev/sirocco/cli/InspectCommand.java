package dev.sirocco.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.gguf.GgufValueType;
import dev.sirocco.model.source.GgufSource;
import dev.sirocco.model.source.ModelSource;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description = "Shows a model file's metadata and tensors.")
final class InspectCommand implements Runnable {
    private static final int SHOWN_CHARS = 80;

    private final Console console;

    @Mixin
    private ModelOption model;

    @Option(names = "--json", description = "Print one object, with the arrays of the metadata in full.")
    private boolean json;

    InspectCommand(Console console) {
        this.console = console;
    }

    /** Tensors of one type, taken together. */
    private record TypeTotal(int count, long weights, long bytes) {
        static final TypeTotal NONE = new TypeTotal(0, 0, 0);

        TypeTotal plus(GgufTensor tensor) {
            return new TypeTotal(count + 1, weights + tensor.elementCount(), bytes + tensor.sizeBytes());
        }
    }

    @Override
    public void run() {
        try (ModelSource file = model.open()) {
            Map<GgmlType, TypeTotal> totals = new EnumMap<>(GgmlType.class);
            for (GgufTensor tensor : file.tensors()) {
                totals.merge(tensor.type(), TypeTotal.NONE.plus(tensor), (sum, _) -> sum.plus(tensor));
            }
            if (json) {
                JsonOutput.object(console, out -> writeJson(out, file, totals));
            } else {
                print(file, totals);
            }
        }
    }

    private static long weights(Map<GgmlType, TypeTotal> totals) {
        return totals.values().stream().mapToLong(TypeTotal::weights).sum();
    }

    private void print(ModelSource file, Map<GgmlType, TypeTotal> totals) {
        console.println("file        " + Printable.oneLine(file.path().toString()));
        console.println("size        " + Printable.bytes(file.sizeBytes()));
        console.println("format      " + file.format());
        console.println("parameters  " + String.format(Locale.ROOT, "%,d", weights(totals)));
        GgufMetadata metadata = file.metadata();
        console.println("");
        console.println("Metadata (" + metadata.keys().size() + " keys)");
        int width = metadata.keys().stream().mapToInt(String::length).max().orElse(0);
        for (String key : metadata.keys()) {
            console.println("  " + pad(Printable.oneLine(key), Math.min(width, 48)) + "  " + shown(metadata.get(key)));
        }
        console.println("");
        console.println("Tensors (" + file.tensors().size() + ")");
        width = file.tensors().stream().mapToInt(t -> t.name().length()).max().orElse(0);
        for (GgufTensor tensor : file.tensors()) {
            console.println("  " + pad(Printable.oneLine(tensor.name()), Math.min(width, 48)) + "  "
                    + pad(tensor.type().toString(), 8) + "  " + pad(dims(tensor), 16) + "  "
                    + Printable.bytes(tensor.sizeBytes()));
        }
        console.println("");
        console.println("Types");
        totals.forEach((type, total) -> console.println(
                "  " + pad(type.toString(), 8) + "  " + total.count() + " tensors, " + Printable.bytes(total.bytes())));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String dims(GgufTensor tensor) {
        return tensor.dims().stream().map(String::valueOf).collect(Collectors.joining(" × "));
    }

    private static String shown(GgufValue value) {
        return switch (value) {
            case GgufValue.Text(String text) -> Printable.quoted(text, SHOWN_CHARS);
            case GgufValue.Texts texts -> texts.toString();
            case GgufValue.Packed packed when packed.size() <= 16 -> packed + " " + elements(packed);
            case GgufValue.Packed packed -> packed.toString();
            case GgufValue.Int number -> number.toString();
            case GgufValue.Real number -> number.toString();
            case GgufValue.Bool bool -> bool.toString();
        };
    }

    private static List<String> elements(GgufValue.Packed packed) {
        return IntStream.range(0, packed.size())
                .mapToObj(i -> packed.get(i).toString())
                .toList();
    }

    private static void writeJson(JsonGenerator out, ModelSource file, Map<GgmlType, TypeTotal> totals)
            throws IOException {
        out.writeStringField("file", file.path().toString());
        out.writeNumberField("size_bytes", file.sizeBytes());
        out.writeStringField("format", file.format());
        if (file instanceof GgufSource gguf) {
            out.writeNumberField("gguf_version", gguf.parts().getFirst().version());
            out.writeNumberField("alignment", gguf.parts().getFirst().alignment());
        }
        out.writeNumberField("n_params", weights(totals));
        out.writeObjectFieldStart("metadata");
        for (String key : file.metadata().keys()) {
            out.writeFieldName(key);
            writeValue(out, file.metadata().get(key));
        }
        out.writeEndObject();
        out.writeArrayFieldStart("tensors");
        for (GgufTensor tensor : file.tensors()) {
            out.writeStartObject();
            out.writeStringField("name", tensor.name());
            out.writeStringField("type", tensor.type().toString());
            out.writeArrayFieldStart("dims");
            for (long dim : tensor.dims()) {
                out.writeNumber(dim);
            }
            out.writeEndArray();
            out.writeNumberField("offset", tensor.offset());
            out.writeNumberField("size_bytes", tensor.sizeBytes());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeObjectFieldStart("types");
        for (Map.Entry<GgmlType, TypeTotal> entry : totals.entrySet()) {
            out.writeObjectFieldStart(entry.getKey().toString());
            out.writeNumberField("tensors", entry.getValue().count());
            out.writeNumberField("weights", entry.getValue().weights());
            out.writeNumberField("size_bytes", entry.getValue().bytes());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void writeValue(JsonGenerator out, GgufValue value) throws IOException {
        switch (value) {
            case GgufValue.Int(GgufValueType type, long number) -> {
                if (type == GgufValueType.U64 && number < 0) {
                    out.writeNumber(Long.toUnsignedString(number));
                } else {
                    out.writeNumber(number);
                }
            }
            case GgufValue.Real(GgufValueType type, double number) -> {
                if (type == GgufValueType.F32) {
                    out.writeNumber((float) number);
                } else {
                    out.writeNumber(number);
                }
            }
            case GgufValue.Bool(boolean flag) -> out.writeBoolean(flag);
            case GgufValue.Text(String text) -> out.writeString(text);
            case GgufValue.Texts(List<String> texts) -> {
                out.writeStartArray();
                for (String text : texts) {
                    out.writeString(text);
                }
                out.writeEndArray();
            }
            case GgufValue.Packed packed -> {
                out.writeStartArray();
                for (int i = 0; i < packed.size(); i++) {
                    writeValue(out, packed.get(i));
                }
                out.writeEndArray();
            }
        }
    }
}
