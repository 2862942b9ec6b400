package dev.sirocco.cli;

import java.util.Locale;

/** Text from files and users, made safe to show: on one line, and without codes that steer a terminal. */
final class Printable {
    private Printable() {}

    /** {@return the text with line breaks as spaces and other control characters by their numbers} */
    static String oneLine(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                shown.append(' ');
            } else if (steers(c)) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    /** {@return the text in double quotes, so that blanks and line breaks in it can be seen, cut to a length} */
    static String quoted(String text, int maxChars) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            if (i == maxChars) {
                return shown.append("…\"").toString();
            }
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\t' -> shown.append("\\t");
                case '\r' -> shown.append("\\r");
                case '"', '\\' -> shown.append('\\').append(c);
                default -> {
                    if (steers(c)) {
                        shown.append(String.format("\\u%04x", (int) c));
                    } else {
                        shown.append(c);
                    }
                }
            }
        }
        return shown.append('"').toString();
    }

    private static boolean steers(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || (c >= '\u202a' && c <= '\u202e');
    }

    /** {@return a size as people read it, {@code 4.1 GiB}} */
    static String bytes(long count) {
        if (count < 1024) {
            return count + " B";
        }
        String[] units = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        double value = count;
        int unit = -1;
        while (value >= 1024) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.2f %s" : "%.1f %s", value, units[unit]);
    }
}
