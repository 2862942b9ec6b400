package dev.sirocco.runtime.codegen.opencl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statements of a kernel while they are written. Variables are declared when everything is written: where they are
 * first assigned if that is in a block that holds all uses, else before the statement that holds them.
 */
final class Listing {
    /** A pair of braces. {@code opener} is the line, in the scope around it, where the whole statement begins. */
    private record Scope(Scope outer, int opener, int depth) {}

    private static final class Line {
        private final int depth;
        private final int source;
        private final List<Variable> declared = new ArrayList<>();
        private String text;
        private String before = "";
        private Variable assigned;
        private Scope assignedIn;
        private String whenDeclared;

        private Line(int depth, String text, int source) {
            this.depth = depth;
            this.text = text;
            this.source = source;
        }
    }

    private static final class Range {
        private Scope common;
        private Scope firstScope;
        private int firstLine;
    }

    private final List<Line> lines = new ArrayList<>();
    private final Map<Variable, Range> ranges = new LinkedHashMap<>();
    private final List<Variable> pending = new ArrayList<>();
    private Scope scope = new Scope(null, 0, 1);
    private int source;

    /** Notes that the line to be written next mentions a variable. */
    void mention(Variable variable) {
        pending.add(variable);
    }

    /** Sets the line of the Java source that the next lines come from; 0 keeps the last one. */
    void source(int line) {
        if (line != 0) {
            source = line;
        }
    }

    void line(String text) {
        add(text, scope);
    }

    /** Writes a label; an empty statement follows it, because C wants one. */
    void label(String name) {
        lines.add(new Line(scope.depth - 1, name + ":;", 0));
    }

    /** Assigns a value, where the variable may also be declared. */
    void assign(Variable variable, String value) {
        assign(variable, variable.name() + " = " + value + ";", variable.declaration() + " = " + value + ";");
    }

    /** Writes one statement where the variable was declared before and another where it is declared here. */
    void assign(Variable variable, String statement, String declaration) {
        mention(variable);
        Line line = add(statement, scope);
        line.assigned = variable;
        line.assignedIn = scope;
        line.whenDeclared = declaration;
    }

    /** Begins a statement with a block, such as {@code if (…)}. */
    void open(String header) {
        Scope inner = new Scope(scope, lines.size(), scope.depth + 1);
        add(header + " {", scope);
        scope = inner;
    }

    /** Begins a loop; what its header mentions counts as inside. */
    void openLoop(String header) {
        Scope inner = new Scope(scope, lines.size(), scope.depth + 1);
        add(header + " {", inner, scope.depth);
        scope = inner;
    }

    /**
     * Begins a for loop. The assignment just before it becomes part of it when it is one of {@code counter}.
     *
     * @param rest condition and update, as {@code "; …; …"}
     */
    void openFor(Variable counter, String rest) {
        Line last = lines.isEmpty() ? null : lines.getLast();
        boolean takes = counter != null && last != null && last.assigned == counter && last.assignedIn == scope;
        if (!takes) {
            openLoop("for (" + rest + ")");
            return;
        }
        int at = lines.size() - 1;
        Scope inner = new Scope(scope, at, scope.depth + 1);
        for (Range range : ranges.values()) {
            if (range.firstLine == at && range.firstScope == scope) {
                range.firstScope = inner;
                range.common = inner;
            }
        }
        note(inner, at);
        last.before = "for (";
        last.text = last.text.substring(0, last.text.length() - 1) + rest + ") {";
        last.whenDeclared = last.whenDeclared.substring(0, last.whenDeclared.length() - 1) + rest + ") {";
        last.assignedIn = inner;
        scope = inner;
    }

    /** Ends a block and begins the next of the same statement. */
    void otherwise(String header) {
        Scope closed = scope;
        lines.add(new Line(closed.outer.depth, "} " + header + " {", 0));
        scope = new Scope(closed.outer, closed.opener, closed.depth);
    }

    void close() {
        lines.add(new Line(scope.outer.depth, "}", 0));
        scope = scope.outer;
    }

    private Line add(String text, Scope mentions) {
        return add(text, mentions, mentions.depth);
    }

    private Line add(String text, Scope mentions, int depth) {
        Line line = new Line(depth, text, source);
        lines.add(line);
        note(mentions, lines.size() - 1);
        return line;
    }

    private void note(Scope where, int line) {
        for (Variable variable : pending) {
            Range range = ranges.get(variable);
            if (range == null) {
                range = new Range();
                range.firstLine = line;
                range.firstScope = where;
                range.common = where;
                ranges.put(variable, range);
            } else {
                range.common = common(range.common, where);
            }
        }
        pending.clear();
    }

    private static Scope common(Scope a, Scope b) {
        Scope x = a;
        Scope y = b;
        while (x != y) {
            if (x.depth >= y.depth) {
                x = x.outer;
            } else {
                y = y.outer;
            }
        }
        return x;
    }

    private void declare() {
        ranges.forEach((variable, range) -> {
            Line first = lines.get(range.firstLine);
            if (first.assigned == variable && first.assignedIn == range.common) {
                first.text = first.whenDeclared;
                return;
            }
            int at = range.firstLine;
            for (Scope s = range.firstScope; s != range.common; s = s.outer) {
                at = s.opener;
            }
            lines.get(at).declared.add(variable);
        });
    }

    /** {@return the statements, indented by one level} Nothing can be written afterwards. */
    String text() {
        declare();
        StringBuilder text = new StringBuilder();
        int last = 0;
        for (Line line : lines) {
            for (Variable variable : line.declared) {
                text.append("    ".repeat(line.depth))
                        .append(variable.declaration())
                        .append(";\n");
            }
            text.append("    ".repeat(line.depth)).append(line.before).append(line.text);
            if (line.source != last && line.source != 0) {
                last = line.source;
                text.append(" // line ").append(last);
            }
            text.append('\n');
        }
        return text.toString();
    }
}
