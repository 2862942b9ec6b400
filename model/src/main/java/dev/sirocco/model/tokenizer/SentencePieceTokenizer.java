package dev.sirocco.model.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * SentencePiece's byte-pair encoding with the identity normalizer: spaces are spelt {@code ▁}, one stands in front of
 * every text, none is removed, and a character outside the vocabulary is spelt in bytes. Source: {@code
 * sentencepiece_processor.cc} and {@code normalizer.cc} of SentencePiece.
 */
final class SentencePieceTokenizer implements Tokenizer {
    static final char SPACE = '▁';
    /** How SentencePiece writes the unknown token. */
    static final String UNKNOWN_TEXT = " ⁇ ";

    private final Vocabulary vocabulary;
    private final PieceTable table;
    private final UserDefinedPieces userDefined;

    SentencePieceTokenizer(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.table = new PieceTable(vocabulary);
        this.userDefined = new UserDefinedPieces(vocabulary);
    }

    @Override
    public int vocabSize() {
        return vocabulary.size();
    }

    @Override
    public int bosId() {
        return vocabulary.bosId();
    }

    @Override
    public int eosId() {
        return vocabulary.eosId();
    }

    @Override
    public boolean addsBos() {
        return vocabulary.addsBos();
    }

    @Override
    public int[] encode(String text, boolean addBos) {
        IntStream.Builder ids = IntStream.builder();
        if (addBos) {
            ids.add(bosId());
        }
        String normal = normalize(text);
        PieceMerger.Output output = new PieceMerger.Output() {
            private boolean afterUnknown;

            @Override
            public void piece(int id, int from, int to) {
                if (id >= 0) {
                    ids.add(id);
                } else if (vocabulary.hasBytes()) {
                    for (byte value : normal.substring(from, to).getBytes(StandardCharsets.UTF_8)) {
                        ids.add(vocabulary.idOfByte(value));
                    }
                } else if (!afterUnknown) {
                    ids.add(vocabulary.unknownId());
                }
                afterUnknown = id < 0;
            }
        };
        new PieceMerger(vocabulary, table, userDefined, normal).merge(output);
        return ids.build().toArray();
    }

    private String normalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        StringBuilder normal = new StringBuilder(text.length() + 1);
        if (vocabulary.addsSpacePrefix()) {
            normal.append(SPACE);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                normal.append(SPACE);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                normal.append(c).append(text.charAt(++i));
            } else {
                normal.append(Character.isSurrogate(c) ? '\ufffd' : c);
            }
        }
        return normal.toString();
    }

    @Override
    public StreamingDetokenizer detokenizer() {
        return new SentencePieceDetokenizer(vocabulary);
    }

    @Override
    public String piece(int id) {
        return vocabulary.piece(vocabulary.check(id));
    }

    @Override
    public byte[] tokenBytes(int id) {
        return switch (vocabulary.type(vocabulary.check(id))) {
            case NORMAL, USER_DEFINED, UNUSED ->
                vocabulary.piece(id).replace(SPACE, ' ').getBytes(StandardCharsets.UTF_8);
            case UNKNOWN -> UNKNOWN_TEXT.getBytes(StandardCharsets.UTF_8);
            case CONTROL -> new byte[0];
            case BYTE -> new byte[] {vocabulary.byteValue(id)};
        };
    }

    @Override
    public boolean isControl(int id) {
        return vocabulary.type(vocabulary.check(id)) == TokenType.CONTROL;
    }

    @Override
    public OptionalInt controlId(String piece) {
        int id = vocabulary.idOfControl(piece);
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
