package dev.sirocco.cli.hub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model on a hub, written {@code OWNER/NAME[@REVISION][:FILE]}.
 *
 * @param repository owner and name
 * @param revision   a branch, a tag or a commit; empty for the main branch
 * @param file       a file's path in it, or a part of its name such as {@code Q8_0}; empty to have one chosen
 */
public record HubName(String repository, Optional<String> revision, Optional<String> file) {
    private static final String WORD = "[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?";
    private static final String WORDS = WORD + "(?:/" + WORD + ")*";
    private static final Pattern REPOSITORY = Pattern.compile(WORD + "/" + WORD);
    private static final Pattern PATH = Pattern.compile(WORDS);
    private static final Pattern NAME = Pattern.compile("([^@:]+)(?:@([^@:]+))?(?::(.+))?");

    /** More than any path that people write. */
    private static final int LONGEST = 512;

    public HubName {
        if (!REPOSITORY.matcher(repository).matches()
                || !revision.map(HubName::isPath).orElse(true)
                || !file.map(HubName::isPath).orElse(true)) {
            throw new IllegalArgumentException(repository + "@" + revision + ":" + file);
        }
    }

    /** {@return the name, empty when the text is none} */
    public static Optional<HubName> parse(String text) {
        Matcher name = NAME.matcher(text);
        if (!name.matches() || !REPOSITORY.matcher(name.group(1)).matches()) {
            return Optional.empty();
        }
        Optional<String> revision = Optional.ofNullable(name.group(2));
        Optional<String> file = Optional.ofNullable(name.group(3));
        return revision.map(HubName::isPath).orElse(true)
                        && file.map(HubName::isPath).orElse(true)
                ? Optional.of(new HubName(name.group(1), revision, file))
                : Optional.empty();
    }

    /** {@return whether a path stays below the folder that it is resolved in, and needs no quoting in an URL} */
    static boolean isPath(String text) {
        return text.length() <= LONGEST && PATH.matcher(text).matches();
    }

    /** {@return the name without the file} */
    String repositoryAndRevision() {
        return repository + revision.map(name -> "@" + name).orElse("");
    }

    /** {@return where the hub lists the files} */
    String listing() {
        return "/api/models/" + repository
                + revision.map(name -> "/revision/" + segment(name)).orElse("") + "?blobs=true";
    }

    /** {@return where the hub has a file} */
    String location(String path) {
        return "/" + repository + "/resolve/" + revision.map(HubName::segment).orElse("main") + "/" + path;
    }

    /** {@return the folder for it below that of all models: no repository has an @ in its name} */
    String folder() {
        return repository + revision.map(name -> "@" + segment(name)).orElse("");
    }

    /** Branches such as {@code refs/pr/1} are one part of an URL, and of a path here. */
    private static String segment(String revision) {
        return revision.replace("/", "%2F");
    }

    @Override
    public String toString() {
        return repositoryAndRevision() + file.map(path -> ":" + path).orElse("");
    }
}
