package dev.sirocco.model.gguf;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A file's keys and values, in the file's order. The typed getters say in one line which key of which file is missing
 * or has another type. Integers are accepted in any width that holds the value: converters differ in the one they
 * write.
 */
public final class GgufMetadata {
    private final Path file;
    private final Map<String, GgufValue> values;

    /**
     * @param file   that the values come from, for messages
     * @param values in order
     */
    public GgufMetadata(Path file, Map<String, GgufValue> values) {
        this.file = file;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** {@return the file that the values come from, for messages} */
    public Path file() {
        return file;
    }

    public Set<String> keys() {
        return values.keySet();
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public Optional<GgufValue> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /**
     * {@return the value}
     *
     * @throws GgufException when the file lacks the key
     */
    public GgufValue get(String key) {
        GgufValue value = values.get(key);
        if (value == null) {
            throw new GgufException(file, "lacks the metadata key '" + key + "'; convert the model again");
        }
        return value;
    }

    public String getString(String key) {
        return get(key) instanceof GgufValue.Text(String value) ? value : mismatch(key, "a string");
    }

    public String getString(String key, String fallback) {
        return has(key) ? getString(key) : fallback;
    }

    public boolean getBool(String key) {
        return get(key) instanceof GgufValue.Bool(boolean value) ? value : mismatch(key, "true or false");
    }

    public boolean getBool(String key, boolean fallback) {
        return has(key) ? getBool(key) : fallback;
    }

    public long getLong(String key) {
        return get(key) instanceof GgufValue.Int(GgufValueType type, long value)
                        && (value >= 0 || type != GgufValueType.U64)
                ? value
                : mismatch(key, "a whole number below 2^63");
    }

    public long getLong(String key, long fallback) {
        return has(key) ? getLong(key) : fallback;
    }

    public int getInt(String key) {
        return get(key) instanceof GgufValue.Int(GgufValueType type, long value)
                        && value == (int) value
                        && (value >= 0 || type != GgufValueType.U64)
                ? (int) value
                : mismatch(key, "a whole number from -2^31 to 2^31-1");
    }

    public int getInt(String key, int fallback) {
        return has(key) ? getInt(key) : fallback;
    }

    public float getFloat(String key) {
        return get(key) instanceof GgufValue.Real number
                ? (float) number.value()
                : mismatch(key, "a number with a point");
    }

    public float getFloat(String key, float fallback) {
        return has(key) ? getFloat(key) : fallback;
    }

    public List<String> getStrings(String key) {
        return get(key) instanceof GgufValue.Texts(List<String> texts) ? texts : mismatch(key, "an array of strings");
    }

    /** {@return a new array with the elements of an integer array} */
    public int[] getInts(String key) {
        if (!(get(key) instanceof GgufValue.Packed packed)
                || !packed.elementType().isInteger()) {
            return mismatch(key, "an array of whole numbers");
        }
        int[] ints = new int[packed.size()];
        for (int i = 0; i < ints.length; i++) {
            long value = packed.longAt(i);
            if (value != (int) value || value < 0 && packed.elementType() == GgufValueType.U64) {
                return mismatch(key, "an array of whole numbers from -2^31 to 2^31-1");
            }
            ints[i] = (int) value;
        }
        return ints;
    }

    /** {@return a new array with the elements of a floating-point array} */
    public float[] getFloats(String key) {
        if (!(get(key) instanceof GgufValue.Packed packed)
                || !packed.elementType().isReal()) {
            return mismatch(key, "an array of numbers with a point");
        }
        float[] floats = new float[packed.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) packed.doubleAt(i);
        }
        return floats;
    }

    /**
     * {@return an exception for whoever finds that the values do not fit together, its message led by the file's name}
     *
     * @param problem one line: the key, what is wrong with it, what it should be
     */
    public GgufException problem(String problem) {
        return new GgufException(file, problem);
    }

    private <T> T mismatch(String key, String expected) {
        GgufValue value = get(key);
        String shown = switch (value) {
            case GgufValue.Int number -> number.type() + " " + number;
            case GgufValue.Real number -> number.type() + " " + number;
            case GgufValue.Bool bool -> "bool " + bool;
            case GgufValue.Text text -> "string " + GgufException.quote(text.value());
            case GgufValue.Texts texts -> texts.toString();
            case GgufValue.Packed packed -> packed.toString();
        };
        throw new GgufException(file, "the metadata key '" + key + "' is " + shown + "; expected " + expected);
    }
}
