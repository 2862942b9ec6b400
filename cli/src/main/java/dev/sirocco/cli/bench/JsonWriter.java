package dev.sirocco.cli.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** One JSON array of objects, or one object a line. */
final class JsonWriter implements BenchWriter {
    private final Writer out;
    private final boolean array;
    private boolean begun;

    JsonWriter(Writer out, boolean array) throws IOException {
        this.out = out;
        this.array = array;
        if (array) {
            out.write("[");
        }
    }

    @Override
    public void row(BenchRow row) throws IOException {
        if (array) {
            out.write(begun ? ",\n " : "\n ");
            begun = true;
        }
        JsonFactory factory = JsonFactory.builder().build().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        try (JsonGenerator json = factory.createGenerator(out)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> field : Fields.of(row).entrySet()) {
                json.writeFieldName(field.getKey());
                write(json, field.getValue());
            }
            json.writeEndObject();
        }
        if (!array) {
            out.write("\n");
        }
        out.flush();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case String text -> json.writeString(text);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case List<?> list -> {
                json.writeStartArray();
                for (Object element : list) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            default -> throw new AssertionError(value.getClass());
        }
    }

    @Override
    public void close() throws IOException {
        if (array) {
            out.write("\n]\n");
        }
        out.flush();
    }
}
