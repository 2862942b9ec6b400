package dev.sirocco.model.tokenizer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Joins the bytes of tokens and decodes them as one text. Of what is not UTF-8, each longest beginning of a character
 * becomes one U+FFFD, as in Python and in the Unicode Standard's recommendation. A control token ends the run of bytes.
 */
final class ByteDetokenizer implements StreamingDetokenizer {
    private static final int MAX_HELD = 3;

    private final Tokenizer tokenizer;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    /** The beginning of a character that is not complete. */
    private byte[] held = new byte[0];

    ByteDetokenizer(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    @Override
    public String accept(int id) {
        return tokenizer.isControl(id) ? finish() : decode(tokenizer.tokenBytes(id), false);
    }

    @Override
    public String finish() {
        String text = decode(new byte[0], true);
        decoder.reset();
        return text;
    }

    private String decode(byte[] bytes, boolean atEnd) {
        ByteBuffer in = ByteBuffer.allocate(held.length + bytes.length)
                .put(held)
                .put(bytes)
                .flip();
        CharBuffer out = CharBuffer.allocate(MAX_HELD + in.remaining());
        decoder.reset();
        decoder.decode(in, out, atEnd);
        held = new byte[in.remaining()];
        in.get(held);
        return out.flip().toString();
    }
}
