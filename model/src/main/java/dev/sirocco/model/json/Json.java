package dev.sirocco.model.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A value of JSON (RFC 8259). */
public sealed interface Json {
    /** No value. */
    record Null() implements Json {}

    /** True or false. */
    record Bool(boolean value) implements Json {}

    /** A string. */
    record Text(String value) implements Json {}

    /** A number. @param literal as it was written */
    record Number(String literal) implements Json {}

    /** Values in order. */
    record Array(List<Json> values) implements Json {
        public Array {
            values = List.copyOf(values);
        }
    }

    /** Named values in order; of those with one name the last. */
    record Object(Map<String, Json> members) implements Json {
        public Object {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** Deeper nesting than anything that people write; each level is a call. */
    int MAX_DEPTH = 200;

    /**
     * {@return the one value of a text}
     *
     * @throws JsonException when it is not JSON, or something follows the value
     */
    static Json parse(String text) {
        try (JsonParser parser = Reading.FACTORY.createParser(new StringReader(text))) {
            return new Reading("", Map.of()).whole(parser);
        } catch (IOException e) {
            throw new JsonException(e);
        }
    }

    /**
     * {@return the one value of a file in UTF-8}
     *
     * @throws IOException   when it cannot be read
     * @throws JsonException when it is not JSON
     */
    static Json read(Path file) throws IOException {
        try (var in = Files.newInputStream(file);
                JsonParser parser = Reading.FACTORY.createParser(in)) {
            return new Reading("", Map.of()).whole(parser);
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new JsonException(e);
        }
    }

    /** Takes a member of one of the objects in an array. */
    @FunctionalInterface
    interface Column {
        /**
         * Takes the member's value.
         *
         * @param row index of the object
         */
        void put(int row, Json value);
    }

    /**
     * Reads a file in UTF-8 that is an object with a long array of objects: of these only some members are given out,
     * one by one, and nothing is kept.
     *
     * @param array   name of the array among the file's members
     * @param columns takes the members of each name
     * @return the file's value, in which the array is empty
     * @throws IOException   when it cannot be read
     * @throws JsonException when it is not JSON
     */
    static Json read(Path file, String array, Map<String, Column> columns) throws IOException {
        try (var in = Files.newInputStream(file);
                JsonParser parser = Reading.FACTORY.createParser(in)) {
            return new Reading(array, columns).whole(parser);
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new JsonException(e);
        }
    }

    /** {@return the member of this name; empty when there is none, it is null, or this is no object} */
    default Optional<Json> find(String name) {
        return this instanceof Object(Map<String, Json> members)
                ? Optional.ofNullable(members.get(name)).filter(value -> !(value instanceof Null))
                : Optional.empty();
    }

    /** {@return the string; empty when this is none} */
    default Optional<String> text() {
        return this instanceof Text(String value) ? Optional.of(value) : Optional.empty();
    }

    /** {@return the values of an array; empty when this is none} */
    default List<Json> elements() {
        return this instanceof Array(List<Json> values) ? values : List.of();
    }

    /** {@return the whole number; empty when this is none, or too large} */
    default OptionalLong integer() {
        try {
            return this instanceof Number(String literal)
                    ? OptionalLong.of(Long.parseLong(literal))
                    : OptionalLong.empty();
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    /** How trees are read. */
    final class Reading {
        private static final JsonFactory FACTORY = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();

        private final String array;
        private final Map<String, Column> columns;

        private Reading(String array, Map<String, Column> columns) {
            this.array = array;
            this.columns = columns;
        }

        private Json whole(JsonParser parser) throws IOException {
            if (parser.nextToken() == null) {
                throw new JsonException("there is nothing");
            }
            Json value = value(parser, true);
            if (parser.nextToken() != null) {
                throw new JsonException("something follows the value, at line "
                        + parser.currentTokenLocation().getLineNr());
            }
            return value;
        }

        private Json value(JsonParser parser, boolean isOutermost) throws IOException {
            return switch (parser.currentToken()) {
                case VALUE_NULL -> new Null();
                case VALUE_TRUE -> new Bool(true);
                case VALUE_FALSE -> new Bool(false);
                case VALUE_STRING -> new Text(parser.getText());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(parser.getText());
                case START_ARRAY -> {
                    List<Json> values = new ArrayList<>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        values.add(value(parser, false));
                    }
                    yield new Array(values);
                }
                case START_OBJECT -> {
                    Map<String, Json> members = new LinkedHashMap<>();
                    while (parser.nextToken() != JsonToken.END_OBJECT) {
                        String name = parser.currentName();
                        boolean isTable = parser.nextToken() == JsonToken.START_ARRAY
                                && isOutermost
                                && !columns.isEmpty()
                                && name.equals(array);
                        members.put(name, isTable ? table(parser) : value(parser, false));
                    }
                    yield new Object(members);
                }
                case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new JsonException("unexpected " + parser.currentToken());
            };
        }

        private Json table(JsonParser parser) throws IOException {
            for (int row = 0; parser.nextToken() != JsonToken.END_ARRAY; row++) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw new JsonException("element " + row + " of '" + array + "' is no object");
                }
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    Column column = columns.get(parser.currentName());
                    parser.nextToken();
                    if (column == null) {
                        parser.skipChildren();
                    } else {
                        column.put(row, value(parser, false));
                    }
                }
            }
            return new Array(List.of());
        }
    }
}
