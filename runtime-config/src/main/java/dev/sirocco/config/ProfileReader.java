package dev.sirocco.config;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads one profile from YAML. Works on nodes, which know their lines, and makes no object of any of them. */
final class ProfileReader {
    /** More than any profile has use for; guards against files that are something else. */
    private static final int MAX_CHARS = 1 << 16;

    static final List<String> MATCHES = List.of("driver", "kind", "platform", "vendor", "name");

    private final String source;
    private final Path folder;

    private ProfileReader(String source, Path folder) {
        this.source = source;
        this.folder = folder;
    }

    /**
     * {@return the profile}
     *
     * @param source the file, for messages
     * @param folder where it lies, which relative paths start from
     * @throws ProfileException when it is not a sound profile
     */
    static ProfileLayer read(String source, String yaml, Path folder) {
        return new ProfileReader(source, folder).read(yaml);
    }

    private ProfileLayer read(String yaml) {
        if (yaml.length() > MAX_CHARS) {
            throw new ProfileException(source + ": is larger than " + MAX_CHARS + " characters; it is no profile");
        }
        Node root = compose(yaml);
        if (root == null) {
            throw new ProfileException(source + ": is empty; begin with 'profile: NAME'");
        }
        List<String> known = new ArrayList<>(List.of("profile", "match"));
        ProfileKey.ALL.forEach(key -> known.add(key.name()));
        Map<String, Node> nodes = mapping(root, "the profile", known);
        if (!nodes.containsKey("profile")) {
            throw at(root, "profile", "is missing; give the profile a name");
        }
        Map<ProfileKey<?>, Object> values = new HashMap<>();
        for (ProfileKey<?> key : ProfileKey.ALL) {
            if (nodes.containsKey(key.name())) {
                values.put(key, value(nodes.get(key.name()), key));
            }
        }
        return new ProfileLayer(
                text(nodes.get("profile"), "profile"),
                nodes.containsKey("match") ? match(nodes.get("match")) : DeviceMatch.ANY,
                values);
    }

    private DeviceMatch match(Node node) {
        Map<String, Node> nodes = mapping(node, "match", MATCHES);
        return new DeviceMatch(
                Optional.ofNullable(nodes.get("driver")).map(driver -> text(driver, "match.driver")),
                Optional.ofNullable(nodes.get("kind")).map(this::kind),
                Optional.ofNullable(nodes.get("platform")).map(regex -> pattern(regex, "match.platform")),
                Optional.ofNullable(nodes.get("vendor")).map(regex -> pattern(regex, "match.vendor")),
                Optional.ofNullable(nodes.get("name")).map(regex -> pattern(regex, "match.name")));
    }

    private String kind(Node node) {
        String kind = text(node, "match.kind");
        if (!DeviceTraits.KINDS.contains(kind)) {
            throw at(node, "match.kind", "'" + kind + "' must be " + String.join(", ", DeviceTraits.KINDS));
        }
        return kind;
    }

    private Object value(Node node, ProfileKey<?> key) {
        String text = text(node, key.name());
        Object value = key.parser()
                .apply(text)
                .orElseThrow(() -> at(node, key.name(), "'" + text + "' must be " + key.expected()));
        return value instanceof Path path ? folder.resolve(path) : value;
    }

    private Node compose(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        try {
            return new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw new ProfileException(
                    source + ":" + (mark == null ? 1 : mark.getLine() + 1) + ": is not YAML: " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new ProfileException(
                    source + ": is not YAML: " + e.getMessage().replace('\n', ' '), e);
        }
    }

    private Map<String, Node> mapping(Node node, String what, List<String> known) {
        if (!(node instanceof MappingNode mapping)) {
            throw at(node, what, "must be a list of 'key: value' lines");
        }
        Map<String, Node> values = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode(), what);
            if (!known.contains(key)) {
                throw at(tuple.getKeyNode(), key, "is not a key of " + what + "; it has " + String.join(", ", known));
            }
            if (values.put(key, tuple.getValueNode()) != null) {
                throw at(tuple.getKeyNode(), key, "is there twice; leave one");
            }
        }
        return values;
    }

    private String text(Node node, String key) {
        if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            throw at(node, key, "must be a text");
        }
        return scalar.getValue();
    }

    private Pattern pattern(Node node, String key) {
        String regex = text(node, key);
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw at(node, key, "'" + regex + "' is not a regular expression: " + e.getDescription());
        }
    }

    private ProfileException at(Node node, String key, String problem) {
        return new ProfileException(source + ":" + (node.getStartMark().getLine() + 1) + ": " + key + ": " + problem);
    }
}
