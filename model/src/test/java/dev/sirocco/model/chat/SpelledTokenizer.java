package dev.sirocco.model.chat;

import dev.sirocco.model.tokenizer.ControlToken;
import dev.sirocco.model.tokenizer.StreamingDetokenizer;
import dev.sirocco.model.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * A vocabulary of characters, so that ids can be read: a bar closes each text that was encoded. Control tokens are
 * shown in braces, which tells them from text of the same spelling.
 */
final class SpelledTokenizer implements Tokenizer {
    private static final int FIRST_CHARACTER = 1000;
    private static final char END_OF_TEXT = '|';

    private final List<String> controls;

    SpelledTokenizer() {
        this(Arrays.stream(ControlToken.values()).map(ControlToken::spelling).toArray(String[]::new));
    }

    /** @param controls the control tokens that the vocabulary has */
    SpelledTokenizer(String... controls) {
        this.controls = List.of(controls);
    }

    static String show(int... ids) {
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            switch (id) {
                case 1 -> text.append("<s>");
                case 2 -> text.append("</s>");
                default -> {
                    if (id >= FIRST_CHARACTER) {
                        text.appendCodePoint(id - FIRST_CHARACTER);
                    } else {
                        String name = ControlToken.values()[id - 3].spelling();
                        text.append('{').append(name, 1, name.length() - 1).append('}');
                    }
                }
            }
        }
        return text.toString();
    }

    static List<Integer> ids(Object... parts) {
        List<Integer> ids = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof ControlToken token) {
                ids.add(3 + token.ordinal());
            } else {
                part.toString().chars().forEach(c -> ids.add(FIRST_CHARACTER + c));
            }
        }
        return ids;
    }

    @Override
    public int vocabSize() {
        return FIRST_CHARACTER + Character.MAX_CODE_POINT + 1;
    }

    @Override
    public int bosId() {
        return 1;
    }

    @Override
    public int eosId() {
        return 2;
    }

    @Override
    public boolean addsBos() {
        return true;
    }

    @Override
    public int[] encode(String text, boolean addBos) {
        String whole = text.isEmpty() || text.startsWith("☺") ? text : text + END_OF_TEXT;
        return whole.chars().map(c -> FIRST_CHARACTER + c).toArray();
    }

    @Override
    public StreamingDetokenizer detokenizer() {
        return new StreamingDetokenizer() {
            @Override
            public String accept(int id) {
                return isControl(id) ? "" : piece(id);
            }

            @Override
            public String finish() {
                return "";
            }
        };
    }

    @Override
    public String piece(int id) {
        return Character.toString(id - FIRST_CHARACTER);
    }

    @Override
    public byte[] tokenBytes(int id) {
        return piece(id).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isControl(int id) {
        return id < FIRST_CHARACTER;
    }

    @Override
    public OptionalInt controlId(String piece) {
        for (ControlToken token : ControlToken.values()) {
            if (token.spelling().equals(piece) && controls.contains(piece)) {
                return OptionalInt.of(3 + token.ordinal());
            }
        }
        return OptionalInt.empty();
    }
}
