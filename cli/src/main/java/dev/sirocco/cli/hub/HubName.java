package dev.sirocco.cli.hub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model on a hub, written {@code OWNER/NAME} or {@code OWNER/NAME:FILE}.
 *
 * @param repository owner and name
 * @param file       a file's path in it, or a part of its name such as {@code Q8_0}; empty to have one chosen
 */
public record HubName(String repository, Optional<String> file) {
    private static final String WORD = "[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?";
    private static final Pattern NAME = Pattern.compile("(" + WORD + "/" + WORD + ")(?::(.+))?");
    private static final Pattern PATH = Pattern.compile(WORD + "(/" + WORD + ")*");

    public HubName {
        if (!isRepository(repository) || !file.map(HubName::isPath).orElse(true)) {
            throw new IllegalArgumentException(repository + ":" + file);
        }
    }

    /** {@return the name, empty when the text is none} */
    public static Optional<HubName> parse(String text) {
        Matcher name = NAME.matcher(text);
        return name.matches() && (name.group(2) == null || isPath(name.group(2)))
                ? Optional.of(new HubName(name.group(1), Optional.ofNullable(name.group(2))))
                : Optional.empty();
    }

    private static boolean isRepository(String text) {
        return NAME.matcher(text).matches() && !text.contains(":");
    }

    /** {@return whether a path stays below the folder that it is resolved in, and needs no quoting in an URL} */
    static boolean isPath(String text) {
        return text.length() <= 512 && PATH.matcher(text).matches();
    }

    @Override
    public String toString() {
        return repository + file.map(path -> ":" + path).orElse("");
    }
}
