package dev.sirocco.cli.bench;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Comma-separated values with a line of names, every value in double quotes (RFC 4180). Lists stay out. */
final class CsvWriter implements BenchWriter {
    private final Writer out;
    private boolean begun;

    CsvWriter(Writer out) {
        this.out = out;
    }

    @Override
    public void row(BenchRow row) throws IOException {
        Map<String, Object> fields = Fields.of(row);
        fields.values().removeIf(List.class::isInstance);
        if (!begun) {
            out.write(String.join(",", fields.keySet()) + "\n");
            begun = true;
        }
        out.write(fields.values().stream()
                        .map(value -> "\"" + value.toString().replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining(","))
                + "\n");
        out.flush();
    }

    @Override
    public void close() {}
}
