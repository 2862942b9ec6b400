package dev.sirocco.model.session;

import dev.sirocco.model.sampling.Sampler;
import dev.sirocco.model.session.Generation.StopReason;
import dev.sirocco.model.tokenizer.StreamingDetokenizer;
import dev.sirocco.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** The loop of one generation. */
final class Generator {
    private final Session session;
    private final GenerationRequest request;
    private final GenerationListener listener;
    private final Tokenizer tokenizer;
    private final StreamingDetokenizer detokenizer;
    private final Sampler sampler;
    private final List<Integer> generated = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    Generator(Session session, GenerationRequest request, GenerationListener listener) {
        this.session = session;
        this.request = request;
        this.listener = listener;
        this.tokenizer = session.model().tokenizer();
        this.detokenizer = tokenizer.detokenizer();
        this.sampler = new Sampler(request.sampler());
    }

    Generation run() {
        long start = System.nanoTime();
        int[] prompt = request.prompt().stream().mapToInt(Integer::intValue).toArray();
        if (session.length() + prompt.length == 0) {
            throw new IllegalArgumentException("there is no prompt to generate after; give a text or tokens");
        }
        session.append(prompt);
        for (int id : session.tokens()) {
            detokenizer.accept(id); // so that what follows is spelt as a continuation
        }
        boolean wanted = compute(prompt.length);
        if (wanted && session.pending() == 0) {
            computeNext();
        }
        long begun = System.nanoTime();
        StopReason reason = wanted ? loop() : StopReason.CANCELLED;
        String rest = detokenizer.finish();
        text.append(rest);
        listener.end(rest);
        return new Generation(
                generated, text.toString(), reason, prompt.length, begun - start, System.nanoTime() - begun);
    }

    /** Computes the prompt chunk by chunk. {@return whether the listener wants more} */
    private boolean compute(int promptTokens) {
        boolean more = true;
        while (more) {
            more = session.advance();
            if (!listener.prompt(promptTokens - session.pending(), promptTokens)) {
                return false;
            }
        }
        return true;
    }

    /** Computes what the choice of the next token needs, which counts as part of the prompt the first time. */
    private void computeNext() {
        if (request.sampler().isGreedy()) {
            session.mostLikely();
        } else {
            session.logits();
        }
    }

    private StopReason loop() {
        while (request.maxTokens() < 0 || generated.size() < request.maxTokens()) {
            if (session.remaining() == 0) {
                return StopReason.CONTEXT_FULL;
            }
            int id = request.sampler().isGreedy() ? session.mostLikely() : sampler.sample(session.logits());
            if (id == tokenizer.eosId()) {
                return StopReason.END_OF_SEQUENCE;
            }
            session.append(id);
            generated.add(id);
            String piece = detokenizer.accept(id);
            text.append(piece);
            if (!listener.token(id, piece)) {
                return StopReason.CANCELLED;
            }
        }
        return StopReason.MAX_TOKENS;
    }
}
