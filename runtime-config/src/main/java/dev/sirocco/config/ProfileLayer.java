package dev.sirocco.config;

import java.util.Map;
import java.util.Optional;

/**
 * One profile file: which devices it is about, and the settings that it gives. What it leaves out is left to more
 * general profiles.
 *
 * @param name   of the profile
 * @param match  which devices
 * @param values of the keys that it gives, each of its key's type
 */
record ProfileLayer(String name, DeviceMatch match, Map<ProfileKey<?>, Object> values) {
    ProfileLayer {
        values = Map.copyOf(values);
    }

    /** {@return the value that this profile gives for a key} */
    @SuppressWarnings("unchecked") // the reader puts in what the key's own parser made
    <T> Optional<T> value(ProfileKey<T> key) {
        return Optional.ofNullable((T) values.get(key));
    }
}
