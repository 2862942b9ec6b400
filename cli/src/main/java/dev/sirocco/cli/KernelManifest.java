package dev.sirocco.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.sirocco.model.json.Json;
import dev.sirocco.model.json.JsonException;
import dev.sirocco.runtime.driver.KernelBinaries;
import dev.sirocco.runtime.driver.KernelFormat;
import dev.sirocco.runtime.export.ExportedKernel;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a folder of exported kernels holds: {@code manifest.json}, for people, offline compilers, and the runtime, which
 * finds a kernel's binary by the digest of what it would compile.
 *
 * @param folder  where the files lie
 * @param format  of the kernels
 * @param device  what they were exported for
 * @param entries in the order in which a model uses them
 */
record KernelManifest(Path folder, KernelFormat format, String device, List<Entry> entries) {
    static final String FILE = "manifest.json";

    private static final long MAX_BYTES = 64 << 20;

    /** The first digits of a digest tell kernels of one method apart. */
    private static final int DIGITS = 12;

    /**
     * A kernel and its files.
     *
     * @param kernel the kernel
     * @param source the file with its code
     * @param binary where its binary belongs; several kernels may share one
     */
    record Entry(ExportedKernel kernel, String source, String binary) {}

    KernelManifest {
        entries = List.copyOf(entries);
    }

    static KernelManifest of(Path folder, KernelFormat format, String device, List<ExportedKernel> kernels) {
        return new KernelManifest(
                folder,
                format,
                device,
                kernels.stream()
                        .map(kernel -> {
                            String name =
                                    kernel.symbol() + "-" + kernel.digest().substring(0, DIGITS);
                            return new Entry(kernel, name + format.extension(), name + ".bin");
                        })
                        .toList());
    }

    /**
     * Reads a folder's manifest and the code that it names.
     *
     * @throws CommandFailure when it is not there or not sound; the message names file and remedy
     */
    static KernelManifest read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw unsound(file, "is larger than any manifest");
            }
            Json root = Json.read(file);
            KernelFormat format = KernelFormat.of(text(file, root, "format"))
                    .orElseThrow(() -> unsound(file, "has a format that this version does not know"));
            List<Entry> entries = new ArrayList<>();
            for (Json kernel : root.find("kernels").map(Json::elements).orElse(List.of())) {
                entries.add(entry(folder, file, kernel));
            }
            return new KernelManifest(folder, format, text(file, root, "device"), entries);
        } catch (JsonException notJson) {
            throw unsound(file, "is not JSON: " + notJson.getMessage());
        } catch (IOException e) {
            throw new CommandFailure(
                    file + ": cannot be read; make it with 'sirocco kernels export --out " + folder + "'", e);
        }
    }

    private static Entry entry(Path folder, Path file, Json json) throws IOException {
        List<ExportedKernel.Argument> arguments = new ArrayList<>();
        for (Json argument : json.find("arguments").map(Json::elements).orElse(List.of())) {
            arguments.add(new ExportedKernel.Argument(text(file, argument, "name"), text(file, argument, "type")));
        }
        List<Long> groups = json.find("work_group_size").map(Json::elements).orElse(List.of()).stream()
                .map(size -> size.integer().orElseThrow(() -> unsound(file, "has a work_group_size that is no number")))
                .toList();
        String source = text(file, json, "file");
        ExportedKernel kernel = new ExportedKernel(
                text(file, json, "kernel"),
                text(file, json, "symbol"),
                Files.readAllBytes(inside(folder, file, source)),
                text(file, json, "options"),
                text(file, json, "digest"),
                arguments,
                groups);
        return new Entry(kernel, source, text(file, json, "binary"));
    }

    private static String text(Path file, Json json, String name) {
        return json.find(name)
                .flatMap(Json::text)
                .orElseThrow(() -> unsound(file, "has no text '" + name + "' where one belongs"));
    }

    private static CommandFailure unsound(Path file, String problem) {
        return new CommandFailure(file + ": " + problem + "; export the kernels again");
    }

    /** {@return a file of the folder, which may lie nowhere else} */
    private static Path inside(Path folder, Path file, String name) {
        Path path = folder.resolve(name).normalize();
        if (!path.startsWith(folder.normalize())) {
            throw unsound(file, "names the file " + name + ", which is outside of its folder");
        }
        return path;
    }

    /** {@return where a kernel's binary belongs} */
    Path binary(Entry entry) {
        return inside(folder, folder.resolve(FILE), entry.binary());
    }

    /** {@return the binaries that are there} */
    KernelBinaries binaries() {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Path binary = binary(entry);
            if (Files.isRegularFile(binary)) {
                files.put(entry.kernel().digest(), binary);
            }
        }
        return new KernelBinaries(folder.toString(), files);
    }

    /** {@return the manifest as JSON} */
    String json() {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("format", format.toString());
            json.writeStringField("device", device);
            json.writeArrayFieldStart("kernels");
            for (Entry entry : entries) {
                write(json, entry);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new AssertionError("text is written to memory", impossible);
        }
        return out + "\n";
    }

    private static void write(JsonGenerator json, Entry entry) throws IOException {
        ExportedKernel kernel = entry.kernel();
        json.writeStartObject();
        json.writeStringField("kernel", kernel.kernel());
        json.writeStringField("symbol", kernel.symbol());
        json.writeStringField("file", entry.source());
        json.writeStringField("binary", entry.binary());
        json.writeStringField("options", kernel.options());
        json.writeStringField("digest", kernel.digest());
        json.writeArrayFieldStart("arguments");
        for (ExportedKernel.Argument argument : kernel.arguments()) {
            json.writeStartObject();
            json.writeStringField("name", argument.name());
            json.writeStringField("type", argument.type());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("work_group_size");
        for (long size : kernel.workGroupSize()) {
            json.writeNumber(size);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
