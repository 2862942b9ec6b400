package uk.ac.manchester.tornado.api;

import dev.sirocco.spi.ExecutionProfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Profiles as JSON, with TornadoVM's member names, and its habit of writing numbers as strings. */
final class ProfileLog {
    private ProfileLog() {}

    static String json(List<ExecutionProfile> profiles) {
        StringJoiner graphs = object("");
        for (ExecutionProfile profile : profiles) {
            graphs.add(member("    ", profile.graph(), graph(profile)));
        }
        return graphs.toString();
    }

    private static String graph(ExecutionProfile profile) {
        Map<String, Long> totals = new LinkedHashMap<>();
        totals.put("TOTAL_TASK_GRAPH_TIME", profile.totalNanos());
        totals.put("TOTAL_KERNEL_TIME", profile.totalKernelNanos());
        totals.put("COPY_IN_TIME", profile.copyInNanos());
        totals.put("COPY_OUT_TIME", profile.copyOutNanos());
        totals.put("TOTAL_COPY_IN_SIZE_BYTES", profile.copyInBytes());
        totals.put("TOTAL_COPY_OUT_SIZE_BYTES", profile.copyOutBytes());

        StringJoiner members = object("    ");
        totals.forEach((name, value) -> members.add(member("        ", name, quoted(value.toString()))));
        profile.kernelNanos().forEach((task, nanos) -> {
            String kernelTime = member("            ", "TASK_KERNEL_TIME", quoted(nanos.toString()));
            String value = object("        ").add(kernelTime).toString();
            members.add(member("        ", profile.graph() + "." + task, value));
        });
        return members.toString();
    }

    private static StringJoiner object(String indent) {
        return new StringJoiner(",\n", "{\n", "\n" + indent + "}").setEmptyValue("{}");
    }

    private static String member(String indent, String name, String value) {
        return indent + quoted(name) + ": " + value;
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted(c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
