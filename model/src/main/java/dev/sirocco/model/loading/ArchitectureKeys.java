package dev.sirocco.model.loading;

import dev.sirocco.model.gguf.GgufException;
import dev.sirocco.model.gguf.GgufMetadata;

/** The keys of a model's architecture, which begin with its name. */
final class ArchitectureKeys {
    private final GgufMetadata metadata;
    private final String architecture;

    ArchitectureKeys(GgufMetadata metadata, String architecture) {
        this.metadata = metadata;
        this.architecture = architecture;
    }

    String full(String name) {
        return architecture + "." + name;
    }

    boolean has(String name) {
        return metadata.has(full(name));
    }

    /** {@return a whole number, which must be at least 1} */
    int positive(String name) {
        int value = metadata.getInt(full(name));
        if (value < 1) {
            throw problem(name, value + "; it must be at least 1");
        }
        return value;
    }

    /** {@return a whole number that must be at least 1, or a default} */
    int positive(String name, int otherwise) {
        return has(name) ? positive(name) : otherwise;
    }

    /** {@return a number that must be positive, or a default} */
    float positive(String name, float otherwise) {
        float value = metadata.getFloat(full(name), otherwise);
        if (!(value > 0 && value < Float.POSITIVE_INFINITY)) {
            throw problem(name, value + "; it must be a positive number");
        }
        return value;
    }

    /** {@return a number that must not be negative, 0 without the key} */
    float notNegative(String name) {
        float value = metadata.getFloat(full(name), 0f);
        if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
            throw problem(name, value + "; it must not be negative");
        }
        return value;
    }

    String text(String name, String otherwise) {
        return metadata.getString(full(name), otherwise);
    }

    GgufException problem(String name, String value) {
        return metadata.problem(full(name) + " is " + value);
    }
}
