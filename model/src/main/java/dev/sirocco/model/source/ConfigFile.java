package dev.sirocco.model.source;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.json.Json;
import dev.sirocco.model.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** An object in a JSON file, and its numbers, checked; a failure names file and field. */
record ConfigFile(Path file, Json object) {
    /** The largest index known has about 100 KB. */
    private static final long MAX_BYTES = 16 << 20;

    /**
     * Reads a file.
     *
     * @throws ModelFileException when it cannot be read, or holds no object
     */
    static ConfigFile read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelFileException(
                        file, "has " + Files.size(file) + " bytes; at most " + MAX_BYTES + " are supported");
            }
            Json json = Json.read(file);
            if (!(json instanceof Json.Object)) {
                throw new ModelFileException(file, "is no JSON object; download it again");
            }
            return new ConfigFile(file, json);
        } catch (IOException e) {
            throw new ModelFileException(file, ModelFileException.reason(e), e);
        } catch (JsonException e) {
            throw new ModelFileException(file, "is not sound JSON: " + ModelFileException.quote(e.getMessage()), e);
        }
    }

    boolean has(String name) {
        return object.find(name).isPresent();
    }

    /** {@return the object of this name within this one} */
    Optional<ConfigFile> part(String name) {
        return object.find(name).map(value -> {
            if (!(value instanceof Json.Object)) {
                throw mismatch(name, "an object");
            }
            return new ConfigFile(file, value);
        });
    }

    Optional<String> text(String name) {
        return object.find(name).map(value -> value.text().orElseThrow(() -> mismatch(name, "a string")));
    }

    boolean flag(String name) {
        return object.find(name)
                .map(value -> value instanceof Json.Bool(boolean flag) ? flag : notAFlag(name))
                .orElse(false);
    }

    private boolean notAFlag(String name) {
        throw mismatch(name, "true or false");
    }

    /** {@return a whole number from 1 on} */
    OptionalInt count(String name) {
        return object.find(name)
                .map(value -> OptionalInt.of(count(name, value)))
                .orElse(OptionalInt.empty());
    }

    /** {@return a whole number from 1 on, which must be there} */
    int required(String name) {
        return count(name).orElseThrow(() -> problem("lacks " + ModelFileException.quote(name)));
    }

    /** {@return whole numbers from 1 on, 0 for each null} */
    List<Integer> counts(String name) {
        return object.find(name).map(Json::elements).orElse(List.of()).stream()
                .map(value -> value instanceof Json.Null ? 0 : count(name, value))
                .toList();
    }

    private int count(String name, Json value) {
        OptionalLong number = value.integer();
        if (number.isEmpty() || number.getAsLong() < 1 || number.getAsLong() > Integer.MAX_VALUE) {
            throw mismatch(name, "a whole number from 1 to 2^31-1");
        }
        return (int) number.getAsLong();
    }

    /** {@return a finite number} */
    Optional<Float> number(String name) {
        return object.find(name).map(value -> {
            float number = value instanceof Json.Number(String literal) ? Float.parseFloat(literal) : Float.NaN;
            if (!Float.isFinite(number)) {
                throw mismatch(name, "a number");
            }
            return number;
        });
    }

    private ModelFileException mismatch(String name, String expected) {
        return problem("has a " + ModelFileException.quote(name) + " that is not " + expected);
    }

    /** {@return an exception whose message is led by the file's name} */
    ModelFileException problem(String problem) {
        return new ModelFileException(file, problem);
    }
}
