package dev.sirocco.model.tokenizer;

import dev.sirocco.model.gguf.GgufMetadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Tekken: byte-pair encoding of the bytes of UTF-8, within the stretches that {@link TekkenWords} cuts a text into. Of
 * two neighbours those are joined whose union has the lowest rank, and ranks are in the order of ids. A stretch that is
 * a token as a whole is that token. Source: {@code tekken.py} of mistral-common, {@code lib.rs} of tiktoken.
 */
final class TekkenTokenizer implements Tokenizer {
    private static final int BYTES = 256;

    private final Vocabulary vocabulary;
    private final PieceTable table;

    TekkenTokenizer(GgufMetadata metadata) {
        List<String> tokens = metadata.getStrings(Vocabulary.PREFIX + "tokens");
        TokenType[] types = Vocabulary.types(metadata, tokens);
        List<String> pieces = new ArrayList<>(tokens.size());
        float[] scores = new float[tokens.size()];
        for (int id = 0; id < tokens.size(); id++) {
            String token = tokens.get(id);
            if (id < types.length && types[id] == TokenType.NORMAL) {
                token = ByteAlphabet.decode(token);
                if (token == null) {
                    throw metadata.problem(
                            Vocabulary.PREFIX + "tokens has in token " + id + " a character that stands for no byte");
                }
            } else if (id < types.length) {
                types[id] = TokenType.CONTROL; // text is made of bytes alone
            }
            pieces.add(token);
            scores[id] = -id;
        }
        vocabulary = new Vocabulary(pieces, scores, types, metadata);
        table = new PieceTable(vocabulary);
        for (int value = 0; value < BYTES; value++) {
            if (table.find(String.valueOf((char) value), 0, 1) < 0) {
                throw metadata.problem(
                        "the vocabulary has no token for the byte " + value + "; convert the model again");
            }
        }
        requireOrder(metadata);
    }

    /** Merges are told by the ids of what they make. A file whose list of them has another order is another's. */
    private void requireOrder(GgufMetadata metadata) {
        if (!metadata.has(Vocabulary.PREFIX + "merges")) {
            return;
        }
        List<String> merges = metadata.getStrings(Vocabulary.PREFIX + "merges");
        int before = -1;
        for (int i = 0; i < merges.size(); i++) {
            String merge = merges.get(i);
            int gap = merge.indexOf(' ');
            String union = gap < 0 ? null : ByteAlphabet.decode(merge.substring(0, gap) + merge.substring(gap + 1));
            int id = union == null ? -1 : table.find(union, 0, union.length());
            if (id < before || id < 0) {
                throw metadata.problem(Vocabulary.PREFIX + "merges has at " + i + " a pair that "
                        + (id < 0 ? "makes no token" : "is out of the order of token ids, which Tekken's merges keep"));
            }
            before = id;
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
        String sound = WellFormed.text(text);
        TekkenWords words = new TekkenWords(sound);
        for (int from = 0; from < sound.length(); ) {
            int to = words.end(from);
            encodeWord(bytes(sound.substring(from, to)), ids);
            from = to;
        }
        return ids.build().toArray();
    }

    /** {@return the text's bytes in UTF-8, each as the character of that number} */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private void encodeWord(String word, IntStream.Builder ids) {
        int whole = table.find(word, 0, word.length());
        if (whole >= 0) {
            ids.add(whole);
        } else {
            new PieceMerger(vocabulary, table, UserDefinedPieces.NONE, word).merge((id, _, _) -> ids.add(id));
        }
    }

    @Override
    public StreamingDetokenizer detokenizer() {
        return new ByteDetokenizer(this);
    }

    @Override
    public String piece(int id) {
        return isControl(id) ? vocabulary.piece(id) : new String(tokenBytes(id), StandardCharsets.UTF_8);
    }

    @Override
    public byte[] tokenBytes(int id) {
        return isControl(id) ? new byte[0] : vocabulary.piece(id).getBytes(StandardCharsets.ISO_8859_1);
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
