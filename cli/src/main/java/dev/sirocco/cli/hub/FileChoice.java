package dev.sirocco.cli.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chooses among the models of a repository: a model is a GGUF file, or the parts of a split one. */
final class FileChoice {
    /** The type that most people take: near the quality of 16 bits at under a third of the size. */
    private static final String USUAL = "Q4_K_M";

    private static final Pattern PART = Pattern.compile("(.+)-\\d{5}-of-\\d{5}\\.gguf");

    private final Map<String, List<String>> models = new TreeMap<>();

    /** @param paths of all files of the repository */
    FileChoice(List<String> paths) {
        for (String path : paths.stream().sorted().toList()) {
            if (path.endsWith(".gguf")) {
                Matcher part = PART.matcher(path);
                models.computeIfAbsent(part.matches() ? part.group(1) + ".gguf" : path, _ -> new ArrayList<>())
                        .add(path);
            }
        }
    }

    /** {@return the models' names, without the numbers of parts} */
    List<String> names() {
        return List.copyOf(models.keySet());
    }

    /**
     * {@return the paths of the files that are meant, in order; empty when none or several could be}
     *
     * @param wanted a path or a part of a name, empty for the usual type
     */
    Optional<List<String>> choose(Optional<String> wanted) {
        if (wanted.isEmpty()) {
            return models.size() == 1 ? models.values().stream().findFirst() : only(USUAL);
        }
        return models.entrySet().stream()
                .filter(model ->
                        model.getKey().equals(wanted.get()) || model.getValue().contains(wanted.get()))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> only(wanted.get()));
    }

    private Optional<List<String>> only(String part) {
        Pattern word =
                Pattern.compile("(^|[^a-z0-9])" + Pattern.quote(part.toLowerCase(Locale.ROOT)) + "([^a-z0-9_]|$)");
        List<List<String>> found = models.entrySet().stream()
                .filter(model ->
                        word.matcher(model.getKey().toLowerCase(Locale.ROOT)).find())
                .map(Map.Entry::getValue)
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }
}
