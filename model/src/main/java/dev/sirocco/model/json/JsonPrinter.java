package dev.sirocco.model.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes a tree on one line, with a blank after each comma and colon, and characters as they are: what Python's {@code
 * json.dumps(value, ensure_ascii=False)} writes, which is the form that models have seen in training.
 */
public final class JsonPrinter {
    /** From here on Python writes a real number with an exponent. */
    private static final int LARGEST_PLAIN_EXPONENT = 16;

    /** And below this. */
    private static final int SMALLEST_PLAIN_EXPONENT = -4;

    private final StringBuilder out = new StringBuilder();

    private JsonPrinter() {}

    /** {@return the value as text} */
    public static String print(Json value) {
        JsonPrinter printer = new JsonPrinter();
        printer.write(value);
        return printer.out.toString();
    }

    private void write(Json value) {
        switch (value) {
            case Json.Null() -> out.append("null");
            case Json.Bool(boolean flag) -> out.append(flag);
            case Json.Text(String text) -> quote(text);
            case Json.Number(String literal) -> out.append(number(literal));
            case Json.Array(var values) -> {
                out.append('[');
                for (Iterator<Json> rest = values.iterator(); rest.hasNext(); separate(rest)) {
                    write(rest.next());
                }
                out.append(']');
            }
            case Json.Object(var members) -> {
                out.append('{');
                for (var rest = members.entrySet().iterator(); rest.hasNext(); separate(rest)) {
                    Map.Entry<String, Json> member = rest.next();
                    quote(member.getKey());
                    out.append(": ");
                    write(member.getValue());
                }
                out.append('}');
            }
        }
    }

    private void separate(Iterator<?> rest) {
        if (rest.hasNext()) {
            out.append(", ");
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** {@return a whole number as it is, a real one as the shortest that is read back as the same double} */
    private static String number(String literal) {
        if (literal.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E')) {
            return literal.equals("-0") ? "0" : literal;
        }
        double value = Double.parseDouble(literal);
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (shortest.signum() == 0) {
            return literal.startsWith("-") ? "-0.0" : "0.0";
        } else if (exponent >= SMALLEST_PLAIN_EXPONENT && exponent < LARGEST_PLAIN_EXPONENT) {
            String plain = shortest.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        BigInteger digits = shortest.unscaledValue().abs();
        String text = digits.toString();
        String mantissa = text.length() == 1 ? text : text.charAt(0) + "." + text.substring(1);
        return (value < 0 ? "-" : "") + mantissa + String.format("e%+03d", exponent);
    }
}
