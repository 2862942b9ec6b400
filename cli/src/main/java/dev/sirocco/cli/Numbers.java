package dev.sirocco.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Numbers as options give them: what cannot be meant is refused with the option's name and the range. */
final class Numbers {
    private Numbers() {}

    /** Reads an {@code int}. */
    static final class WholeNumber implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            try {
                return Integer.valueOf(text.strip());
            } catch (NumberFormatException _) {
                throw new TypeConversionException("'" + text + "' is not a whole number from -2^31 to 2^31-1");
            }
        }
    }

    /** Reads a {@code long}. */
    static final class LongNumber implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return Long.valueOf(text.strip());
            } catch (NumberFormatException _) {
                throw new TypeConversionException("'" + text + "' is not a whole number from -2^63 to 2^63-1");
            }
        }
    }

    /** Reads a {@code double}. */
    static final class RealNumber implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                return Double.valueOf(text.strip());
            } catch (NumberFormatException _) {
                throw new TypeConversionException("'" + text + "' is not a number");
            }
        }
    }

    /**
     * {@return the value}
     *
     * @throws ParameterException when it is outside the range, both ends of which belong to it
     */
    static int within(CommandSpec spec, String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw outside(spec, option, value, least, most);
        }
        return value;
    }

    /** {@return the value; NaN is outside of every range} See {@link #within(CommandSpec, String, int, int, int)}. */
    static double within(CommandSpec spec, String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw outside(spec, option, value, least, most);
        }
        return value;
    }

    private static ParameterException outside(
            CommandSpec spec, String option, Number value, Number least, Number most) {
        return new ParameterException(
                spec.commandLine(), option + ": " + value + " is not from " + least + " to " + most);
    }
}
