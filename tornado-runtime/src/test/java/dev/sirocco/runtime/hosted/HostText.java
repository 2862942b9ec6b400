package dev.sirocco.runtime.hosted;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A device's LLVM IR with everything that only the device has supplied: ids and barriers ask the group, functions are
 * LLVM's own. The entry takes the arrays' addresses and the group's functions.
 */
final class HostText {
    static final String ENTRY = "sirocco.hosted";

    /** Kinds of ids, as work-items are asked for them. */
    private static final int LOCAL = 0;

    private static final int GROUP = 1;
    private static final int GLOBAL = 2;

    private static final Pattern DECLARATION =
            Pattern.compile("declare (?:\\w+ )*?(void|i\\d+|float|double|\\{[^}]*\\}) @([\\w.]+)\\((.*)\\).*\n");
    private static final Pattern MANGLED = Pattern.compile("_Z(\\d+)(\\w+)");
    private static final Map<String, String> INTRINSICS =
            Map.of("fabs", "fabs", "mad", "fmuladd", "min", "smin", "max", "smax");

    private final String ir;
    private boolean barriers;

    HostText(String module, String symbol, int arrays) {
        String text = module.replaceAll("target (triple|datalayout).*\n", "")
                .replaceAll("\\b(spir_kernel|spir_func|dso_local) ", "")
                .replace("define void @" + symbol, "define internal void @" + symbol);
        Map<String, String> supplied = new TreeMap<>();
        StringBuilder kept = new StringBuilder();
        Matcher declaration = DECLARATION.matcher(text);
        while (declaration.find()) {
            String name = declaration.group(2);
            String body = body(name, declaration.group(1), parameterTypes(declaration.group(3)), supplied);
            declaration.appendReplacement(kept, body == null ? "$0" : "");
            if (body != null) {
                supplied.put(name, body);
            }
        }
        declaration.appendTail(kept);
        String call = IntStream.range(0, arrays)
                .mapToObj(i -> "ptr addrspace(1) %base" + i)
                .collect(Collectors.joining(", "));
        StringBuilder entry = new StringBuilder("define void @" + ENTRY + "(ptr %arrays, ptr %functions, i64 %0) {\n");
        entry.append("  store ptr %functions, ptr @host.functions\n");
        for (int i = 0; i < arrays; i++) {
            entry.append("  %slot" + i + " = getelementptr ptr, ptr %arrays, i64 " + i + "\n");
            entry.append("  %base" + i + " = load ptr addrspace(1), ptr %slot" + i + "\n");
        }
        entry.append("  call void @" + symbol + "(" + call + ")\n  ret void\n}\n");
        this.ir =
                kept + "\n@host.functions = internal global ptr null\n" + entry + String.join("\n", supplied.values());
    }

    String ir() {
        return ir;
    }

    boolean hasBarriers() {
        return barriers;
    }

    private static String[] parameterTypes(String list) {
        if (list.isEmpty()) {
            return new String[0];
        }
        String[] types = list.split(", ");
        for (int i = 0; i < types.length; i++) {
            types[i] = types[i].replaceAll("( (?!addrspace)[a-z]+(\\(\\w+\\))?)+$", "");
        }
        return types;
    }

    /** {@return a definition for what the device would have, or null for what the host has} */
    private String body(String name, String result, String[] types, Map<String, String> needed) {
        if (name.equals("_Z7barrierj")) {
            barriers = true;
            return define(name, "void", types, function(1) + "  call void %f()\n  ret void\n");
        }
        Matcher mangled = MANGLED.matcher(name);
        if (!mangled.matches()) {
            return null;
        }
        String plain = mangled.group(2).substring(0, Integer.parseInt(mangled.group(1)));
        return switch (plain) {
            case "get_local_id" -> openclId(name, types, LOCAL);
            case "get_group_id" -> openclId(name, types, GROUP);
            case "get_global_id" -> openclId(name, types, GLOBAL);
            case "atomic_add", "atom_add" ->
                define(
                        name,
                        result,
                        types,
                        "  %old = atomicrmw add " + types[0] + " %a0, " + types[1] + " %a1 monotonic\n  ret " + result
                                + " %old\n");
            default -> intrinsic(name, plain, result, types, needed);
        };
    }

    private static String intrinsic(
            String name, String plain, String result, String[] types, Map<String, String> needed) {
        String suffix = result.equals("float") ? "f32" : result.equals("double") ? "f64" : result;
        String llvm = "llvm." + INTRINSICS.getOrDefault(plain, plain) + "." + suffix;
        String flag = plain.equals("abs") ? ", i1" : "";
        needed.put(llvm, "declare " + result + " @" + llvm + "(" + String.join(", ", types) + flag + ")\n");
        String arguments = IntStream.range(0, types.length)
                .mapToObj(i -> types[i] + " %a" + i)
                .collect(Collectors.joining(", "));
        return define(
                name,
                result,
                types,
                "  %r = call " + result + " @" + llvm + "(" + arguments + (flag.isEmpty() ? "" : flag + " false")
                        + ")\n  ret " + result + " %r\n");
    }

    private static String openclId(String name, String[] types, int kind) {
        return define(name, "i64", types, ask(kind, "i32 %a0") + "%wide = zext i32 %id to i64\n  ret i64 %wide\n");
    }

    private static String ask(int kind, String axis) {
        return function(0) + "  %id = call i32 %f(i32 " + kind + ", " + axis + ")\n  ";
    }

    private static String function(int index) {
        return "  %table = load ptr, ptr @host.functions\n  %entry = getelementptr ptr, ptr %table, i64 " + index
                + "\n  %f = load ptr, ptr %entry\n";
    }

    private static String define(String name, String result, String[] types, String body) {
        String parameters = IntStream.range(0, types.length)
                .mapToObj(i -> types[i] + " %a" + i)
                .collect(Collectors.joining(", "));
        return "define internal " + result + " @" + name + "(" + parameters + ") {\n" + body + "}\n";
    }
}
