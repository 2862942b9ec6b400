package dev.sirocco.model.tokenizer;

/**
 * Cuts a text into the stretches within which Tekken merges bytes. They are those that Tekken's regular expression
 * ({@link #PATTERN}) finds from left to right, found here without backtracking: in time linear in the text, whatever it
 * is. Every character belongs to a stretch.
 */
final class TekkenWords {
    /**
     * What is implemented here, as {@code tekken.json} and {@code tokenizer.json} have it. Its alternatives, in order
     * of preference: a word that ends in small letters, perhaps after one other character; a word of capitals,
     * likewise; a digit; other characters after a blank at most, with the line breaks and slashes that follow; blanks
     * up to the last line break among them; blanks but for the last one before a word; blanks.
     */
    static final String PATTERN =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                    + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    /** What the pattern tells apart, as sets of bits. */
    private static final int CAPITAL = 1; // Lu, Lt

    private static final int SMALL = 2; // Ll
    private static final int NEUTRAL = 4; // Lm, Lo: a letter that is both
    private static final int MARK = 8; // M: both, and no letter
    private static final int NUMBER = 16;
    private static final int BREAK = 32; // \r, \n
    private static final int BLANK = 64; // other white space
    private static final int OTHER = 128;

    private static final int UPPER = CAPITAL | NEUTRAL | MARK;
    private static final int LOWER = SMALL | NEUTRAL | MARK;
    private static final int BOTH = NEUTRAL | MARK;
    private static final int WHITE = BLANK | BREAK;
    private static final int PUNCTUATION = OTHER | MARK;
    private static final int BEFORE_WORD = OTHER | MARK | BLANK;

    private final String text;

    /** @param text without unpaired surrogates */
    TekkenWords(String text) {
        this.text = text;
    }

    /** {@return where the stretch ends that begins at {@code from}, which is before the text's end} */
    int end(int from) {
        int kind = kindAt(from);
        int next = next(from);
        int word = -1;
        if (is(kind, BEFORE_WORD)) {
            word = lowerWordEnd(next);
            if (word < 0 && kind == MARK) {
                word = lowerWordEnd(from);
            }
            if (word < 0) {
                word = upperWordEnd(next);
            }
        } else if (is(kind, UPPER | LOWER)) {
            word = lowerWordEnd(from);
            if (word < 0) {
                word = upperWordEnd(from);
            }
        }
        if (word >= 0) {
            return word;
        } else if (kind == NUMBER) {
            return next;
        }
        int others = text.charAt(from) == ' ' ? next : from;
        if (is(kindAt(others), PUNCTUATION)) {
            return breaksAndSlashesEnd(runEnd(others, PUNCTUATION));
        }
        return whiteEnd(from);
    }

    /** {@return the end of capitals and then at least one small letter, -1 when they do not stand there} */
    private int lowerWordEnd(int from) {
        int capitals = from;
        int afterLastBoth = -1;
        for (int kind = kindAt(capitals); is(kind, UPPER); kind = kindAt(capitals)) {
            capitals = next(capitals);
            if (is(kind, BOTH)) {
                afterLastBoth = capitals;
            }
        }
        int end = runEnd(capitals, LOWER);
        // Where no small letter follows, the last letter that may be one is taken for it.
        return end > capitals ? end : afterLastBoth;
    }

    /** {@return the end of at least one capital, -1 when none stands there; no small letters follow it} */
    private int upperWordEnd(int from) {
        int end = runEnd(from, UPPER);
        return end > from ? end : -1;
    }

    private int breaksAndSlashesEnd(int from) {
        int end = from;
        while (end < text.length() && (kindAt(end) == BREAK || text.charAt(end) == '/')) {
            end++;
        }
        return end;
    }

    private int whiteEnd(int from) {
        int end = from;
        int last = from;
        int afterLastBreak = -1;
        for (int kind = kindAt(end); is(kind, WHITE); kind = kindAt(end)) {
            last = end;
            end = next(end);
            if (kind == BREAK) {
                afterLastBreak = end;
            }
        }
        if (afterLastBreak >= 0) {
            return afterLastBreak;
        }
        return end == text.length() || last == from ? end : last;
    }

    private int runEnd(int from, int kinds) {
        int end = from;
        while (is(kindAt(end), kinds)) {
            end = next(end);
        }
        return end;
    }

    private static boolean is(int kind, int kinds) {
        return (kind & kinds) != 0;
    }

    private int next(int at) {
        return at + Character.charCount(text.codePointAt(at));
    }

    /** {@return what the character is, 0 at the text's end} */
    private int kindAt(int at) {
        if (at >= text.length()) {
            return 0;
        }
        int codePoint = text.codePointAt(at);
        if (codePoint >= 'a' && codePoint <= 'z') {
            return SMALL;
        } else if (codePoint == '\r' || codePoint == '\n') {
            return BREAK;
        }
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> CAPITAL;
            case Character.LOWERCASE_LETTER -> SMALL;
            case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> NEUTRAL;
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> MARK;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> BLANK;
            default -> codePoint >= '\t' && codePoint <= '\f' || codePoint == 0x85 ? BLANK : OTHER;
        };
    }
}
