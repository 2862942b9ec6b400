package dev.sirocco.runtime.codegen.opencl;

/**
 * An expression of C.
 *
 * @param text     as it is written
 * @param level    how tightly its outermost operator binds
 * @param unsigned the expression that {@code text} casts from unsigned, or null; sums of wrapping sums cast once
 */
record Term(String text, Level level, Term unsigned) {
    /** Groups of operators, the tightest last. */
    enum Level {
        CHOICE,
        OR,
        AND,
        BITS,
        EQUALITY,
        ORDER,
        SHIFT,
        SUM,
        PRODUCT,
        UNARY,
        PRIMARY
    }

    Term(String text, Level level) {
        this(text, level, null);
    }

    static Term primary(String text) {
        return new Term(text, Level.PRIMARY);
    }

    static Term unary(String text) {
        return new Term(text, Level.UNARY);
    }

    static Term call(String function, String... arguments) {
        return primary(function + "(" + String.join(", ", arguments) + ")");
    }

    /** {@return this, or this in parentheses where it binds less tightly} */
    String within(Level least) {
        return level.compareTo(least) < 0 ? "(" + text + ")" : text;
    }

    /** {@return two operands with an operator between them; the right one must bind tighter than the operator} */
    static Term infix(Term left, String operator, Term right, Level level) {
        Level tighter = Level.values()[level.ordinal() + 1];
        return new Term(left.within(level) + " " + operator + " " + right.within(tighter), level);
    }

    /** {@return two operands of a bit operation, where the precedence of C surprises} */
    static Term bits(Term left, String operator, Term right, Level level) {
        return new Term(left.within(Level.UNARY) + " " + operator + " " + right.within(Level.UNARY), level);
    }

    /** {@return this converted to a type} */
    Term cast(String type) {
        return unary("(" + type + ") " + within(Level.UNARY));
    }

    @Override
    public String toString() {
        return text;
    }
}
