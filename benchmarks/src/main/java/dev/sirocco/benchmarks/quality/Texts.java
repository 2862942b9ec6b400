package dev.sirocco.benchmarks.quality;

import dev.sirocco.model.session.LogitsListener;
import dev.sirocco.model.session.Model;
import dev.sirocco.model.session.ModelOptions;
import dev.sirocco.model.session.Session;
import dev.sirocco.model.session.SessionOptions;
import java.nio.file.Path;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * What models are measured on.
 *
 * @param lines  each is scored by itself
 * @param device that runs the models
 */
public record Texts(List<String> lines, TornadoDevice device) {
    public Texts {
        lines = List.copyOf(lines);
    }

    /**
     * {@return how well a model predicts all tokens but each line's first}
     *
     * @param listener is given the logits after each token, line by line
     */
    Scores scores(Path model, LogitsListener listener) {
        double[] nats = new double[lines.size()];
        int[] predicted = new int[lines.size()];
        try (Model opened = Model.open(model, ModelOptions.DEFAULT.withDevice(device));
                Session session = opened.newSession(SessionOptions.DEFAULT)) {
            for (int line = 0; line < nats.length; line++) {
                int[] tokens = opened.tokenizer().encode(lines.get(line), true);
                for (double score : session.score(tokens, listener)) {
                    nats[line] -= score;
                    predicted[line]++;
                }
            }
        }
        return new Scores(nats, predicted);
    }
}
