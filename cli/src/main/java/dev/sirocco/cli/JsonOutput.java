package dev.sirocco.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes one JSON value and a line break to standard output. */
final class JsonOutput {
    private JsonOutput() {}

    /** Fills an object that has been begun and will be ended for it. */
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    static void object(Console console, Body body) {
        value(console, json -> {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        });
    }

    static void value(Console console, Body body) {
        try (JsonGenerator json = new JsonFactory().createGenerator(console.out())) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        console.print("\n");
    }

    static void ints(JsonGenerator json, String name, int... values) throws IOException {
        json.writeFieldName(name);
        json.writeArray(values, 0, values.length);
    }
}
