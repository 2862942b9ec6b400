package dev.sirocco.tasks.rope;

import java.util.Objects;

/**
 * How a model's queries and keys know their positions.
 *
 * @param theta       base of the angles
 * @param pairs       which elements of a head are rotated together
 * @param scaling     of the angles
 * @param temperature of the queries
 */
public record Rotary(double theta, RotaryPairs pairs, RotaryScaling scaling, QueryTemperature temperature) {
    public Rotary {
        Objects.requireNonNull(pairs, "pairs");
        Objects.requireNonNull(scaling, "scaling");
        Objects.requireNonNull(temperature, "temperature");
        if (!(theta > 0)) {
            throw new IllegalArgumentException("RoPE theta " + theta + " must be positive");
        }
    }

    /** {@return plain rotation} */
    public static Rotary of(double theta, RotaryPairs pairs) {
        return new Rotary(theta, pairs, RotaryScaling.NONE, QueryTemperature.NONE);
    }
}
