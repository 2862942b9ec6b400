package dev.sirocco.model.source;

import dev.sirocco.model.gguf.GgufValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Collects what a checkpoint's configuration says, under GGUF's keys. */
final class Translation {
    private final Map<String, GgufValue> keys = new LinkedHashMap<>();
    private final String architecture;

    /** @param architecture {@code llama}, or {@code mistral3} for the models with scaled RoPE and temperature */
    Translation(String architecture, String name) {
        this.architecture = architecture;
        keys.put("general.architecture", GgufValue.of(architecture));
        keys.put("general.name", GgufValue.of(name));
    }

    /** @param name the key without its architecture */
    Translation count(String name, int value) {
        return put(name, GgufValue.u32(value));
    }

    Translation count(String name, OptionalInt value) {
        value.ifPresent(number -> count(name, number));
        return this;
    }

    Translation number(String name, float value) {
        return put(name, GgufValue.f32(value));
    }

    Translation number(String name, Optional<Float> value) {
        value.ifPresent(number -> number(name, number));
        return this;
    }

    Translation text(String name, String value) {
        return put(name, GgufValue.of(value));
    }

    /** @param windows for the layers in turn, 0 for full attention; they are repeated when there are more layers */
    Translation windows(List<Integer> windows) {
        if (windows.stream().distinct().count() > 1) {
            return put("attention.sliding_window", GgufValue.u32s(windows));
        }
        return windows.isEmpty() || windows.getFirst() == 0
                ? this
                : count("attention.sliding_window", windows.getFirst());
    }

    private Translation put(String name, GgufValue value) {
        keys.put(architecture + "." + name, value);
        return this;
    }

    Map<String, GgufValue> keys() {
        return keys;
    }
}
