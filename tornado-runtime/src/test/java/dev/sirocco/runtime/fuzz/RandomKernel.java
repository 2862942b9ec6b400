package dev.sirocco.runtime.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A random kernel as Java source. A work-item reads anything of the input arrays, and reads and writes a slice of its
 * own in the output arrays, so that the order of work-items does not matter. Loops end, indices are in bounds, and
 * nothing is divided by zero: all else is allowed.
 */
final class RandomKernel {
    /** Elements of each input array. */
    static final int INPUTS = 64;

    /** Elements of each output array that belong to one work-item. */
    static final int SLICE = 8;

    /** Work-items. */
    static final int ITEMS = 24;

    /** Work-items of one group, where there are groups. */
    static final int GROUP = 8;

    private record Variable(String name, ScalarKind kind, boolean isWritable) {}

    private record PrivateArray(String name, ScalarKind kind, int length) {}

    private final Random random;
    private final boolean bytes;
    private final boolean grouped;
    private final List<ScalarKind> kinds;
    private final StringBuilder text = new StringBuilder();
    private final List<Variable> variables = new ArrayList<>();
    private final List<PrivateArray> arrays = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private int names;
    private int budget;
    private int loopDepth;
    private int breakable;
    private int indent = 1;

    /**
     * @param seed       the same kernel for the same seed and budget
     * @param statements how many statements to write about; fewer give the same beginning
     */
    RandomKernel(long seed, int statements) {
        this(seed, statements, true);
    }

    private RandomKernel(long seed, int statements, boolean bytes) {
        this.bytes = bytes;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        this.budget = statements;
        this.grouped = random.nextInt(4) == 0;
        boolean doubles = random.nextInt(3) == 0;
        boolean reals = doubles || random.nextInt(3) != 0;
        this.kinds = doubles
                ? List.of(ScalarKind.INT, ScalarKind.LONG, ScalarKind.FLOAT, ScalarKind.DOUBLE)
                : reals
                        ? List.of(ScalarKind.INT, ScalarKind.LONG, ScalarKind.FLOAT)
                        : List.of(ScalarKind.INT, ScalarKind.LONG);
    }

    /** {@return the kernel of a seed with shorts in place of the bytes that are widened to ints} */
    static RandomKernel withoutBytes(long seed, int statements) {
        return new RandomKernel(seed, statements, false);
    }

    /** {@return whether the kernel has work-groups, barriers and local arrays} */
    boolean isGrouped() {
        return grouped;
    }

    boolean hasDoubles() {
        return kinds.contains(ScalarKind.DOUBLE);
    }

    boolean hasFloats() {
        return kinds.contains(ScalarKind.FLOAT);
    }

    /** {@return a static method of a name} */
    String source(String name) {
        String parameters = String.join(", ", FuzzArrays.parameters(hasDoubles()));
        line("static void " + name + "(" + (grouped ? "KernelContext context, " : "") + parameters + ") {");
        indent++;
        variables.add(new Variable("p", ScalarKind.INT, false));
        variables.add(new Variable("q", ScalarKind.LONG, false));
        variables.add(new Variable("r", kinds.contains(ScalarKind.FLOAT) ? ScalarKind.FLOAT : null, false));
        if (grouped) {
            line("int id = context.globalIdx;");
            line("int lane = context.localIdx;");
            variables.add(new Variable("lane", ScalarKind.INT, false));
            line("int[] shared = context.allocateIntLocalArray(" + GROUP + ");");
            line("float[] sharedFloats = context.allocateFloatLocalArray(" + GROUP + ");");
        } else if (random.nextInt(4) == 0) {
            line("for (@Parallel int row = 0; row < " + ITEMS / 6 + "; row++) {");
            indent++;
            line("for (@Parallel int column = 0; column < 6; column++) {");
            indent++;
            line("int id = row * 6 + column;");
        } else {
            line("for (@Parallel int id = 0; id < " + ITEMS + "; id++) {");
            indent++;
        }
        variables.add(new Variable("id", ScalarKind.INT, false));
        while (budget > 0) {
            statement();
            if (grouped && random.nextInt(4) == 0) {
                exchange();
            }
        }
        for (Variable variable : variables) {
            if (variable.isWritable) {
                line(storeOf(variable.kind, variable.name));
            }
        }
        while (indent > 1) {
            indent--;
            line("}");
        }
        return text.toString();
    }

    private void line(String line) {
        text.append("    ".repeat(indent)).append(line).append('\n');
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private ScalarKind anyKind() {
        return any(kinds);
    }

    private String fresh(String stem) {
        return stem + names++;
    }

    /** Work-items hand values to each other; all of them come here. */
    private void exchange() {
        boolean floats = kinds.contains(ScalarKind.FLOAT) && random.nextBoolean();
        String array = floats ? "sharedFloats" : "shared";
        ScalarKind kind = floats ? ScalarKind.FLOAT : ScalarKind.INT;
        line(array + "[lane] = " + expression(kind, 3) + ";");
        line("context.localBarrier();");
        String name = fresh("v");
        line(kind.java() + " " + name + " = " + array + "[" + index(GROUP) + "];");
        line("context.localBarrier();");
        variables.add(new Variable(name, kind, true));
    }

    private void block() {
        int variablesBefore = variables.size();
        int arraysBefore = arrays.size();
        indent++;
        int statements = 1 + random.nextInt(3);
        for (int i = 0; i < statements; i++) {
            statement();
        }
        indent--;
        variables.subList(variablesBefore, variables.size()).clear();
        arrays.subList(arraysBefore, arrays.size()).clear();
    }

    private void statement() {
        budget--;
        if (budget < 0 || indent > 8) {
            assign();
            return;
        }
        switch (random.nextInt(17)) {
            case 0, 1, 2 -> declare();
            case 3, 4, 5 -> assign();
            case 6 -> line(storeOf(anyKind()));
            case 7, 8 -> branch();
            case 9, 10 -> count();
            case 11 -> repeat();
            case 12, 13 -> choose();
            case 14 -> leave();
            case 15 -> newArray();
            default -> condense();
        }
    }

    private void declare() {
        ScalarKind kind = anyKind();
        String name = fresh("v");
        line(kind.java() + " " + name + " = " + expression(kind, 4) + ";");
        variables.add(new Variable(name, kind, true));
    }

    private void assign() {
        List<Variable> writable = variables.stream().filter(v -> v.isWritable).toList();
        if (writable.isEmpty() || !arrays.isEmpty() && random.nextInt(3) == 0) {
            if (arrays.isEmpty()) {
                declare();
            } else {
                PrivateArray array = any(arrays);
                String operator = random.nextBoolean() ? " = " : " += ";
                line(array.name + "[" + index(array.length) + "]" + operator + expression(array.kind, 3) + ";");
            }
            return;
        }
        Variable variable = any(writable);
        String operator = switch (random.nextInt(6)) {
            case 0 -> " += ";
            case 1 -> " -= ";
            case 2 -> " *= ";
            case 3 -> variable.kind.isWhole() ? any(List.of(" ^= ", " |= ", " &= ", " >>>= ", " <<= ")) : " += ";
            default -> " = ";
        };
        line(variable.name + operator + expression(variable.kind, 4) + ";");
    }

    private String storeOf(ScalarKind kind) {
        return storeOf(kind, expression(kind, 4));
    }

    private String storeOf(ScalarKind kind, String value) {
        String at = "id * " + SLICE + " + " + (random.nextBoolean() ? index(SLICE) : random.nextInt(SLICE));
        if (kind == ScalarKind.INT && random.nextInt(3) == 0) {
            return random.nextBoolean()
                    ? "outBytes.set(" + at + ", (byte) (" + value + "));"
                    : "outShorts.set(" + at + ", (short) (" + value + "));";
        }
        if (kind == ScalarKind.FLOAT && random.nextInt(4) == 0 && !value.contains("?")) {
            return "outHalves.set(" + at + ", new HalfFloat(" + value + "));";
        }
        return kind.output() + ".set(" + at + ", " + value + ");";
    }

    private void branch() {
        line("if (" + condition(3) + ") {");
        block();
        if (random.nextBoolean()) {
            line("} else {");
            block();
        }
        line("}");
    }

    private void loop(String header, Runnable begin, String end) {
        String label = random.nextInt(3) == 0 ? fresh("loop") : null;
        if (label != null) {
            line(label + ":");
        }
        line(header);
        int variablesBefore = variables.size();
        labels.add(label == null ? "" : label);
        loopDepth++;
        breakable++;
        indent++;
        begin.run();
        indent--;
        block();
        breakable--;
        loopDepth--;
        labels.removeLast();
        variables.subList(variablesBefore, variables.size()).clear();
        line(end);
    }

    private void count() {
        if (loopDepth >= 3) {
            assign();
            return;
        }
        String k = fresh("k");
        int from = random.nextInt(5) - 2;
        int step = 1 + random.nextInt(3);
        int to = from + 1 + random.nextInt(8);
        String bound = random.nextInt(4) == 0 ? "(" + expression(ScalarKind.INT, 2) + " & 7)" : Integer.toString(to);
        String header = random.nextInt(4) == 0
                ? "for (int " + k + " = " + to + "; " + k + " > " + from + "; " + k + " -= " + step + ") {"
                : "for (int " + k + " = " + from + "; " + k + " < " + bound + "; " + k
                        + (step == 1 ? "++" : " += " + step) + ") {";
        loop(header, () -> variables.add(new Variable(k, ScalarKind.INT, false)), "}");
    }

    private void repeat() {
        if (loopDepth >= 3) {
            assign();
            return;
        }
        String fuel = fresh("fuel");
        line("int " + fuel + " = 0;");
        variables.add(new Variable(fuel, ScalarKind.INT, false));
        String goesOn = fuel + " < " + (1 + random.nextInt(7));
        if (random.nextBoolean()) {
            String test = random.nextBoolean() ? goesOn + " && " + condition(2) : condition(2) + " && " + goesOn;
            loop("while (" + test + ") {", () -> line(fuel + "++;"), "}");
        } else {
            loop("do {", () -> line(fuel + "++;"), "} while (" + goesOn + " && " + condition(2) + ");");
        }
    }

    private void choose() {
        String key = random.nextBoolean()
                ? expression(ScalarKind.INT, 2) + " & 3"
                : "(" + expression(ScalarKind.INT, 2) + ") % 5";
        if (random.nextInt(3) == 0) {
            ScalarKind kind = anyKind();
            String name = fresh("v");
            line(kind.java() + " " + name + " = switch (" + key + ") {");
            for (int value : List.of(0, 1, random.nextInt(100) + 2)) {
                line("    case " + value + " -> " + expression(kind, 3) + ";");
            }
            line("    default -> " + expression(kind, 3) + ";");
            line("};");
            variables.add(new Variable(name, kind, true));
            return;
        }
        line("switch (" + key + ") {");
        indent++;
        labels.add(null);
        breakable++;
        List<String> cases = new ArrayList<>(List.of("case -1:", "case 0:", "case 1:", "case 2:", "default:"));
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            line(cases.remove(random.nextInt(cases.size())));
            block();
            if (random.nextInt(3) != 0) {
                line("    break;");
            }
        }
        breakable--;
        labels.removeLast();
        indent--;
        line("}");
    }

    /** A jump out of a loop or switch. */
    private void leave() {
        if (breakable == 0) {
            if (!grouped && random.nextBoolean() && indent < 6) {
                line("if (" + condition(2) + ") continue;");
            } else {
                assign();
            }
            return;
        }
        List<String> named =
                labels.stream().filter(l -> l != null && !l.isEmpty()).toList();
        String jump = random.nextBoolean() && loopDepth > 0 ? "continue" : "break";
        if (!named.isEmpty() && random.nextBoolean()) {
            jump += " " + any(named);
        }
        line("if (" + condition(2) + ") " + jump + ";");
    }

    private void newArray() {
        ScalarKind kind = anyKind();
        String name = fresh("a");
        int length = any(List.of(4, 8));
        line(kind.java() + "[] " + name + " = new " + kind.java() + "[" + length + "];");
        arrays.add(new PrivateArray(name, kind, length));
    }

    /** A loop over a private array that does the same for each element, or sums them up. */
    private void condense() {
        if (arrays.isEmpty()) {
            newArray();
            return;
        }
        PrivateArray array = any(arrays);
        String k = fresh("k");
        String header = "for (int " + k + " = 0; " + k + " < " + array.length + "; " + k + "++) {";
        if (random.nextBoolean()) {
            line(header);
            String element = array.name + "[" + k + "]";
            String other = array.kind == ScalarKind.FLOAT && random.nextBoolean()
                    ? "floats.get(" + index(INPUTS - array.length) + " + " + k + ")"
                    : expression(array.kind, 2);
            line("    " + element + any(List.of(" = ", " += ", " *= ")) + other + ";");
            line("}");
        } else {
            String name = fresh("v");
            line(array.kind.java() + " " + name + " = 0;");
            line(header);
            line("    " + name + " += " + array.name + "[" + k + "];");
            line("}");
            variables.add(new Variable(name, array.kind, true));
        }
    }

    /** {@return an index below a power of two, or any other small number} */
    private String index(int length) {
        return Integer.bitCount(length) == 1
                ? "(" + expression(ScalarKind.INT, 2) + " & " + (length - 1) + ")"
                : "((" + expression(ScalarKind.INT, 2) + " & 0x7FFFFFFF) % " + length + ")";
    }

    private String condition(int depth) {
        if (depth > 1 && random.nextInt(4) == 0) {
            String operator = random.nextBoolean() ? " && " : " || ";
            return "(" + condition(depth - 1) + operator + condition(depth - 1) + ")";
        }
        if (depth > 1 && random.nextInt(6) == 0) {
            return "!(" + condition(depth - 1) + ")";
        }
        ScalarKind kind = anyKind();
        String comparison = any(List.of(" < ", " <= ", " > ", " >= ", " == ", " != "));
        return expression(kind, depth) + comparison + expression(kind, depth);
    }

    private String expression(ScalarKind kind, int depth) {
        if (depth <= 1 || random.nextInt(5) == 0) {
            return leaf(kind);
        }
        int d = depth - 1;
        if (random.nextInt(8) == 0) {
            return "(" + condition(d) + " ? " + expression(kind, d) + " : " + expression(kind, d) + ")";
        }
        if (random.nextInt(7) == 0) {
            ScalarKind from = anyKind();
            String narrow = kind == ScalarKind.INT && from.isWhole() && random.nextBoolean()
                    ? any(List.of("byte", "short", "char"))
                    : kind.java();
            return "(" + narrow + ") (" + expression(from, d) + ")";
        }
        String left = expression(kind, d);
        String right = expression(kind, d);
        if (random.nextInt(6) == 0) {
            String name = any(List.of("min", "max"));
            return random.nextInt(3) == 0
                    ? "TornadoMath.abs(" + left + ")"
                    : "TornadoMath." + name + "(" + left + ", " + right + ")";
        }
        return kind.isWhole() ? whole(kind, left, right, d) : real(kind, left, right);
    }

    private String whole(ScalarKind kind, String left, String right, int depth) {
        return switch (random.nextInt(14)) {
            case 0, 1 -> "(" + left + " + " + right + ")";
            case 2 -> "(" + left + " - " + right + ")";
            case 3, 4 -> "(" + left + " * " + right + ")";
            case 5 -> "(" + left + " / (" + right + " | 1))";
            case 6 -> "(" + left + " % (" + right + " | 1))";
            case 7 -> "(" + left + any(List.of(" / ", " % ")) + any(List.of("3", "-1", "16", "-7", "1000003")) + ")";
            case 8 -> "(" + left + any(List.of(" & ", " | ", " ^ ")) + right + ")";
            case 9 -> "(" + left + " << " + expression(ScalarKind.INT, depth) + ")";
            case 10 -> "(" + left + " >> " + expression(ScalarKind.INT, depth) + ")";
            case 11 -> "(" + left + " >>> " + any(List.of("1", "31", "33", right)) + ")";
            case 12 -> "(-(" + left + "))";
            default -> kind == ScalarKind.INT ? "helper(" + left + ", " + right + ")" : "(" + left + " & 0xFFL)";
        };
    }

    private String real(ScalarKind kind, String left, String right) {
        return switch (random.nextInt(9)) {
            case 0, 1 -> "(" + left + " + " + right + ")";
            case 2 -> "(" + left + " - " + right + ")";
            case 3, 4 -> "(" + left + " * " + right + ")";
            case 5 -> "(" + left + " / " + right + ")";
            case 6 -> "(-(" + left + "))";
            case 7 -> kind == ScalarKind.FLOAT ? "TornadoMath.sqrt(" + left + ")" : "(" + left + " % " + right + ")";
            default ->
                kind == ScalarKind.FLOAT
                        ? any(List.of("TornadoMath.floor(", "TornadoMath.ceil(")) + left + ")"
                        : "(" + left + " - " + right + ")";
        };
    }

    private String leaf(ScalarKind kind) {
        List<String> names = variables.stream()
                .filter(v -> v.kind == kind)
                .map(Variable::name)
                .collect(Collectors.toList());
        arrays.stream()
                .filter(a -> a.kind == kind)
                .forEach(a -> names.add(a.name + "[" + any(List.of("id & 3", "1", "p & 3")) + "]"));
        if (!names.isEmpty() && random.nextInt(5) < 3) {
            return any(names);
        }
        if (random.nextInt(3) == 0) {
            return any(kind.literals());
        }
        String at =
                random.nextBoolean() ? "id" : "(" + (names.isEmpty() ? "id" : "id * " + random.nextInt(9)) + " & 63)";
        return switch (kind) {
            case INT -> any(List.of("ints", bytes ? "bytes" : "shorts", "shorts")) + ".get(" + at + ")";
            case LONG, DOUBLE -> kind.input() + ".get(" + at + ")";
            case FLOAT ->
                switch (random.nextInt(4)) {
                    case 0 -> "halves.get(" + at + ").getFloat32()";
                    case 1 -> "bytes.getHalfFloat(" + at + " & 62).getFloat32()";
                    default -> "floats.get(" + at + ")";
                };
        };
    }
}
