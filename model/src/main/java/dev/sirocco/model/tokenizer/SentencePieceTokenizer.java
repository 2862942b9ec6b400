package dev.sirocco.model.tokenizer;

import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.gguf.GgufValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    private final ByteTokens bytes;
    private final boolean addsSpacePrefix;
    private final PieceTable table;
    private final UserDefinedPieces userDefined;

    SentencePieceTokenizer(GgufMetadata metadata) {
        List<String> pieces = metadata.getStrings(Vocabulary.PREFIX + "tokens");
        float[] scores = metadata.getFloats(Vocabulary.PREFIX + "scores");
        vocabulary = new Vocabulary(pieces, scores, Vocabulary.types(metadata, pieces), metadata);
        for (int id = 0; id < scores.length; id++) {
            if (Float.isNaN(scores[id])) {
                throw metadata.problem(
                        Vocabulary.PREFIX + "scores has no number for token " + id + " (NaN); convert the model again");
            }
        }
        refuseNormalization(metadata);
        bytes = new ByteTokens(vocabulary, metadata);
        addsSpacePrefix = metadata.getBool(Vocabulary.PREFIX + "add_space_prefix", true);
        table = new PieceTable(vocabulary);
        userDefined = UserDefinedPieces.of(vocabulary);
    }

    /** Mistral's vocabularies take text as it is; what another one does to it first would be silently left out. */
    private static void refuseNormalization(GgufMetadata metadata) {
        boolean mapsCharacters = metadata.find(Vocabulary.PREFIX + "precompiled_charsmap")
                .filter(value -> !(value instanceof GgufValue.Packed map && map.size() == 0))
                .isPresent();
        if (mapsCharacters || metadata.getBool(Vocabulary.PREFIX + "remove_extra_whitespaces", false)) {
            throw metadata.problem(
                    "the tokenizer normalizes text (precompiled_charsmap or remove_extra_whitespaces), which"
                            + " is not supported; use a Mistral model");
        }
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
                } else if (bytes.exist()) {
                    for (byte value : normal.substring(from, to).getBytes(StandardCharsets.UTF_8)) {
                        ids.add(bytes.idOf(value));
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
        String spaced = WellFormed.text(text).replace(' ', SPACE);
        return addsSpacePrefix ? SPACE + spaced : spaced;
    }

    @Override
    public StreamingDetokenizer detokenizer() {
        return new SentencePieceDetokenizer(vocabulary, bytes, addsSpacePrefix);
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
            case BYTE -> new byte[] {bytes.value(id)};
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
