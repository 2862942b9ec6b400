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

    private static final Pattern DECLARATION =
            Pattern.compile("declare (?:\\w+ )*?(void|i\\d+|float|double|\\{[^}]*\\}) @([\\w.]+)\\((.*)\\).*\n");
    private static final Pattern MANGLED = Pattern.compile("_Z(\\d+)(\\w+)");
    private static final Map<String, String> INTRINSICS =
            Map.of("fabs", "fabs", "mad", "fmuladd", "min", "smin", "max", "smax");

    private final String ir;
    private boolean barriers;

    HostText(String module, String symbol, int arrays) {
        String text = module.replaceAll("target (triple|datalayout).*\n", "")
                .replaceAll("!nvvm\\.annotations.*\n", "")
                .replaceAll("\\b(ptx_kernel|spir_kernel|spir_func|dso_local) ", "")
                .replace("define void @" + symbol, "define internal void @" + symbol)
                .replace("@llvm.nvvm.", "@nvvm.");
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
        if (name.startsWith("nvvm.read.ptx.sreg.")) {
            int kind = name.contains(".ctaid.") ? HostedGroup.GROUP : HostedGroup.LOCAL;
            return define(
                    name, "i32", types, ask(kind, "i32 " + (name.charAt(name.length() - 1) - 'x')) + "ret i32 %id\n");
        }
        if (name.startsWith("nvvm.bar") || name.equals("_Z7barrierj")) {
            barriers = true;
            int function = name.startsWith("nvvm.bar.warp.") ? 3 : 1;
            return define(name, "void", types, function(function) + "  call void %f()\n  ret void\n");
        }
        if (name.startsWith("nvvm.idp4a")) {
            return dotProduct(name, types, needed);
        }
        if (name.startsWith("nvvm.shfl.sync.down.")) {
            return shuffle(name, result, types);
        }
        if (name.startsWith("nvvm.ldmatrix.")) {
            return loadMatrices(name, result, types);
        }
        if (name.startsWith("nvvm.mma.m16n8k16.row.col.f32.f32")) {
            return multiply(name, result, types);
        }
        Matcher mangled = MANGLED.matcher(name);
        if (!mangled.matches()) {
            return null;
        }
        String plain = mangled.group(2).substring(0, Integer.parseInt(mangled.group(1)));
        return switch (plain) {
            case "get_local_id" -> openclId(name, types, HostedGroup.LOCAL);
            case "get_group_id" -> openclId(name, types, HostedGroup.GROUP);
            case "get_global_id" -> openclId(name, types, HostedGroup.GLOBAL);
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

    private String shuffle(String name, String result, String[] types) {
        barriers = true;
        boolean real = result.equals("float");
        return define(
                name,
                result,
                types,
                function(2)
                        + (real ? "  %bits = bitcast float %a1 to i32\n" : "  %bits = add i32 %a1, 0\n")
                        + "  %given = call i32 %f(i32 %bits, i32 %a2)\n"
                        + (real ? "  %r = bitcast i32 %given to float\n" : "  %r = add i32 %given, 0\n")
                        + "  ret " + result + " %r\n");
    }

    private String loadMatrices(String name, String result, String[] types) {
        barriers = true;
        int count = name.contains(".x4.") ? 4 : 2;
        return define(
                name,
                result,
                types,
                "  %out = alloca [4 x i32]\n  %row = ptrtoint " + types[0] + " %a0 to i64\n"
                        + "  %address = ptrtoint ptr %out to i64\n" + function(4)
                        + "  call void %f(i64 %row, i32 " + count + ", i32 " + (name.contains(".trans.") ? 1 : 0)
                        + ", i64 %address)\n" + structure(result, "i32", count));
    }

    /** Registers go to the group as words, in the order of the instruction's operands. */
    private String multiply(String name, String result, String[] types) {
        barriers = true;
        StringBuilder body = new StringBuilder("  %out = alloca [4 x i32]\n  %in = alloca [16 x i32]\n");
        for (int i = 0; i < types.length; i++) {
            body.append("  %place" + i + " = getelementptr i32, ptr %in, i64 " + i + "\n");
            body.append("  store " + types[i] + " %a" + i + ", ptr %place" + i + "\n");
        }
        body.append("  %address = ptrtoint ptr %out to i64\n  %registers = ptrtoint ptr %in to i64\n");
        body.append(function(5)).append("  call void %f(i64 %registers, i64 %address)\n");
        return define(name, result, types, body + structure(result, "float", WarpModel.SUMS));
    }

    /** {@return what returns a structure of the words at %out} */
    private static String structure(String type, String element, int count) {
        StringBuilder body = new StringBuilder();
        String before = "poison";
        for (int i = 0; i < count; i++) {
            body.append("  %from" + i + " = getelementptr i32, ptr %out, i64 " + i + "\n");
            body.append("  %word" + i + " = load " + element + ", ptr %from" + i + "\n");
            body.append("  %r" + i + " = insertvalue " + type + " " + before + ", " + element + " %word" + i + ", " + i
                    + "\n");
            before = "%r" + i;
        }
        return body + "  ret " + type + " " + before + "\n";
    }

    private static String dotProduct(String name, String[] types, Map<String, String> needed) {
        String widen = name.contains(".u.") ? "zext" : "sext";
        needed.put("llvm.vector.reduce.add.v4i32", "declare i32 @llvm.vector.reduce.add.v4i32(<4 x i32>)\n");
        return define(name, "i32", types, """
                  %x = bitcast i32 %a0 to <4 x i8>
                  %y = bitcast i32 %a1 to <4 x i8>
                  %wide.x = WIDEN <4 x i8> %x to <4 x i32>
                  %wide.y = sext <4 x i8> %y to <4 x i32>
                  %products = mul <4 x i32> %wide.x, %wide.y
                  %dot = call i32 @llvm.vector.reduce.add.v4i32(<4 x i32> %products)
                  %r = add i32 %dot, %a2
                  ret i32 %r
                """.replace("WIDEN", widen));
    }

    private static String define(String name, String result, String[] types, String body) {
        String parameters = IntStream.range(0, types.length)
                .mapToObj(i -> types[i] + " %a" + i)
                .collect(Collectors.joining(", "));
        return "define internal " + result + " @" + name + "(" + parameters + ") {\n" + body + "}\n";
    }
}
