package dev.sirocco.model.tokenizer;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgufValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads {@code tokenizer.model}. Source: {@code sentencepiece_model.proto} of SentencePiece. */
final class SentencePieceFile {
    /** Larger than any vocabulary; the file is read whole. */
    private static final long MAX_BYTES = 1L << 28;

    private static final int MODEL_PIECES = 1;
    private static final int MODEL_TRAINER = 2;
    private static final int MODEL_NORMALIZER = 3;
    private static final int PIECE_TEXT = 1;
    private static final int PIECE_SCORE = 2;
    private static final int PIECE_TYPE = 3;
    private static final int TRAINER_MODEL_TYPE = 3;
    private static final int TRAINER_UNKNOWN_ID = 40;
    private static final int TRAINER_BOS_ID = 41;
    private static final int TRAINER_EOS_ID = 42;
    private static final int NORMALIZER_CHARACTER_MAP = 2;
    private static final int NORMALIZER_DUMMY_PREFIX = 3;
    private static final int NORMALIZER_EXTRA_SPACES = 4;
    private static final int NORMALIZER_ESCAPE_SPACES = 5;
    private static final long BYTE_PAIR_ENCODING = 2;

    private final Path file;
    private final TokenizerKeys keys = new TokenizerKeys("llama");
    private long modelType = 1;
    private long unknownId;
    private long bosId = 1;
    private long eosId = 2;
    private boolean mapsCharacters;
    private boolean addsPrefix = true;
    private boolean removesSpaces = true;
    private boolean escapesSpaces = true;

    private SentencePieceFile(Path file) {
        this.file = file;
    }

    /**
     * {@return the keys of a GGUF file with this vocabulary}
     *
     * @throws ModelFileException when it is not one that can be used
     */
    static Map<String, GgufValue> read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelFileException(file, "is too large for a tokenizer (" + Files.size(file) + " bytes)");
            }
            SentencePieceFile reader = new SentencePieceFile(file);
            reader.model(new ProtobufReader(ByteBuffer.wrap(Files.readAllBytes(file))));
            return reader.keys();
        } catch (IOException e) {
            throw new ModelFileException(file, ModelFileException.reason(e), e);
        } catch (ProtobufReader.Malformed e) {
            throw new ModelFileException(
                    file, "is not a SentencePiece model: " + e.getMessage() + "; download it again", e);
        }
    }

    private void model(ProtobufReader message) throws ProtobufReader.Malformed {
        while (message.next()) {
            switch (message.field()) {
                case MODEL_PIECES -> piece(message.message());
                case MODEL_TRAINER -> trainer(message.message());
                case MODEL_NORMALIZER -> normalizer(message.message());
                default -> message.skip();
            }
        }
    }

    private void piece(ProtobufReader message) throws ProtobufReader.Malformed {
        String text = "";
        float score = 0;
        long type = 1;
        while (message.next()) {
            switch (message.field()) {
                case PIECE_TEXT -> text = message.text();
                case PIECE_SCORE -> score = message.real();
                case PIECE_TYPE -> type = message.integer();
                default -> message.skip();
            }
        }
        TokenType[] types = TokenType.values();
        if (type < 1 || type > types.length) {
            throw new ModelFileException(
                    file, "token " + keys.size() + " is of type " + type + "; 1 to " + types.length + " are known");
        }
        keys.add(text, score, types[(int) type - 1]);
    }

    private void trainer(ProtobufReader message) throws ProtobufReader.Malformed {
        while (message.next()) {
            switch (message.field()) {
                case TRAINER_MODEL_TYPE -> modelType = message.integer();
                case TRAINER_UNKNOWN_ID -> unknownId = message.integer();
                case TRAINER_BOS_ID -> bosId = message.integer();
                case TRAINER_EOS_ID -> eosId = message.integer();
                default -> message.skip();
            }
        }
    }

    private void normalizer(ProtobufReader message) throws ProtobufReader.Malformed {
        while (message.next()) {
            switch (message.field()) {
                case NORMALIZER_CHARACTER_MAP ->
                    mapsCharacters = message.bytes().hasRemaining();
                case NORMALIZER_DUMMY_PREFIX -> addsPrefix = message.integer() != 0;
                case NORMALIZER_EXTRA_SPACES -> removesSpaces = message.integer() != 0;
                case NORMALIZER_ESCAPE_SPACES -> escapesSpaces = message.integer() != 0;
                default -> message.skip();
            }
        }
    }

    private Map<String, GgufValue> keys() {
        if (keys.size() == 0) {
            throw new ModelFileException(file, "is not a SentencePiece model: it has no tokens; download it again");
        }
        if (modelType != BYTE_PAIR_ENCODING) {
            throw new ModelFileException(
                    file, "is a SentencePiece model of another type than byte-pair encoding; use a Mistral model");
        }
        if (mapsCharacters || removesSpaces || !escapesSpaces) {
            throw new ModelFileException(
                    file, "its tokenizer normalizes text, which is not supported; use a Mistral model");
        }
        for (long id : new long[] {unknownId, bosId, eosId}) {
            if (id < 0 || id >= keys.size()) {
                throw new ModelFileException(
                        file, "names " + id + " as a special token; the vocabulary has " + keys.size() + " tokens");
            }
        }
        return keys.special(bosId, eosId, unknownId)
                .put("add_bos_token", GgufValue.of(true))
                .put("add_space_prefix", GgufValue.of(addsPrefix))
                .build(true);
    }
}
