package dev.sirocco.model.chat;

import dev.sirocco.model.tokenizer.ControlToken;
import dev.sirocco.model.tokenizer.Tokenizer;
import java.util.List;
import java.util.stream.IntStream;

/** Puts a sequence together from segments of text, each encoded by itself, and control tokens. */
final class TokenWriter {
    private final Tokenizer tokenizer;
    private final IntStream.Builder ids = IntStream.builder();

    TokenWriter(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    TokenWriter begin() {
        ids.add(tokenizer.bosId());
        return this;
    }

    TokenWriter text(String text) {
        IntStream.of(tokenizer.encode(text, false)).forEach(ids::add);
        return this;
    }

    TokenWriter tokens(List<Integer> values) {
        values.forEach(ids::add);
        return this;
    }

    TokenWriter control(ControlToken token) {
        ids.add(tokenizer
                .controlId(token.spelling())
                .orElseThrow(() -> new ChatException("the vocabulary has no control token " + token.spelling()
                        + ", which this template needs; choose another one with --template")));
        return this;
    }

    TokenWriter end() {
        ids.add(tokenizer.eosId());
        return this;
    }

    int[] toArray() {
        return ids.build().toArray();
    }
}
