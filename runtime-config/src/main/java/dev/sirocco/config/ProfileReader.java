package dev.sirocco.config;

import java.io.StringReader;
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

    /** The most tokens that a chunk can be asked to have; buffers grow with it. */
    static final int MAX_CHUNK = 1 << 14;

    private final String source;

    private ProfileReader(String source) {
        this.source = source;
    }

    /**
     * {@return the profile}
     *
     * @param source the file, for messages
     * @throws ProfileException when it is not a sound profile
     */
    static ProfileLayer read(String source, String yaml) {
        return new ProfileReader(source).read(yaml);
    }

    private ProfileLayer read(String yaml) {
        if (yaml.length() > MAX_CHARS) {
            throw new ProfileException(source + ": is larger than " + MAX_CHARS + " characters; it is no profile");
        }
        Node root = compose(yaml);
        if (root == null) {
            throw new ProfileException(source + ": is empty; begin with 'profile: NAME'");
        }
        Map<String, Node> keys =
                mapping(root, "the profile", List.of("profile", "match", "prefill_chunk", "memory_share"));
        if (!keys.containsKey("profile")) {
            throw at(root, "profile", "is missing; give the profile a name");
        }
        Map<String, Node> match =
                keys.containsKey("match") ? mapping(keys.get("match"), "match", List.of("driver", "name")) : Map.of();
        return new ProfileLayer(
                text(keys.get("profile"), "profile"),
                Optional.ofNullable(match.get("driver")).map(node -> text(node, "match.driver")),
                Optional.ofNullable(match.get("name")).map(node -> pattern(node, "match.name")),
                Optional.ofNullable(keys.get("prefill_chunk")).map(node -> chunk(node, "prefill_chunk")),
                Optional.ofNullable(keys.get("memory_share")).map(node -> share(node, "memory_share")));
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

    private int chunk(Node node, String key) {
        String value = text(node, key);
        try {
            int chunk = Integer.parseInt(value);
            if (chunk >= 1 && chunk <= MAX_CHUNK) {
                return chunk;
            }
        } catch (NumberFormatException _) {
            // Reported below like a number that is out of range.
        }
        throw at(node, key, "'" + value + "' must be a whole number from 1 to " + MAX_CHUNK);
    }

    private double share(Node node, String key) {
        String value = text(node, key);
        try {
            double share = Double.parseDouble(value);
            if (share > 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException _) {
            // Reported below like a number that is out of range.
        }
        throw at(node, key, "'" + value + "' must be a number above 0 and at most 1");
    }

    private ProfileException at(Node node, String key, String problem) {
        return new ProfileException(source + ":" + (node.getStartMark().getLine() + 1) + ": " + key + ": " + problem);
    }
}
