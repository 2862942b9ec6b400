package dev.sirocco.benchmarks.quality;

import dev.sirocco.model.convert.Conversion;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.quantize.Mixture;
import dev.sirocco.model.source.ModelSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A model in F32, and what it gives after each token of some texts, against which other models are held. */
public final class FullModel {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final Path folder;
    private final Texts texts;
    private final Run run;

    /**
     * What a model says to the texts.
     *
     * @param distributions logarithms, (vocab) after each token
     * @param scores        of all tokens but each text's first
     */
    private record Run(List<float[]> distributions, Scores scores) {}

    /**
     * @param model  in any type; weights that have lost bits already are taken for the full ones
     * @param folder to which files are written; the caller removes them
     */
    public FullModel(Path model, Path folder, Texts texts) {
        this.folder = folder;
        this.texts = texts;
        this.file = folder.resolve("full.gguf");
        quantize(model, file, Mixture.F32);
        this.run = run(file);
    }

    /** {@return the model in F32} */
    public Path file() {
        return file;
    }

    /** {@return the perplexity of the texts in F32} */
    public double perplexity() {
        return run.scores.perplexity();
    }

    /** Writes a model as this project quantizes it. */
    public static void quantize(Path from, Path to, Mixture mixture) {
        try (ModelSource source = ModelSource.open(from)) {
            Conversion.Recipe recipe =
                    new Conversion.Recipe(Optional.of(mixture), false, Optional.empty(), mixture == Mixture.F32);
            new Conversion(source, recipe).write(to, Runtime.getRuntime().availableProcessors(), _ -> {});
        }
    }

    /** {@return what a file that was made of this model has lost} */
    public Loss loss(Path quantized) throws IOException {
        Path decoded = folder.resolve("decoded.gguf");
        quantize(quantized, decoded, Mixture.F32);
        Run other = run(decoded);
        double divergence = 0;
        for (int i = 0; i < run.distributions.size(); i++) {
            divergence += divergence(run.distributions.get(i), other.distributions.get(i));
        }
        Loss loss = new Loss(error(decoded), divergence / run.distributions.size(), other.scores);
        Files.delete(decoded);
        return loss;
    }

    private double error(Path decoded) {
        double squares = 0;
        double errors = 0;
        try (ModelSource full = ModelSource.open(file);
                ModelSource other = ModelSource.open(decoded)) {
            for (GgufTensor tensor : full.tensors()) {
                if (tensor.dims().size() < 2) {
                    continue;
                }
                MemorySegment weights = full.view(tensor);
                MemorySegment near = other.view(other.tensor(tensor.name()));
                for (long at = 0; at < weights.byteSize(); at += Float.BYTES) {
                    double weight = weights.get(FLOAT, at);
                    double error = near.get(FLOAT, at) - weight;
                    squares += weight * weight;
                    errors += error * error;
                }
            }
        }
        return Math.sqrt(errors / squares);
    }

    private Run run(Path model) {
        List<float[]> distributions = new ArrayList<>();
        Scores scores = texts.scores(model, (_, logits) -> distributions.add(normalized(logits)));
        return new Run(distributions, scores);
    }

    private static float[] normalized(float[] logits) {
        double sum = 0;
        for (float logit : logits) { // of a trained model: far from what a double cannot take to the power of e
            sum += Math.exp(logit);
        }
        double total = Math.log(sum);
        float[] logarithms = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            logarithms[i] = (float) (logits[i] - total);
        }
        return logarithms;
    }

    private static double divergence(float[] from, float[] to) {
        double sum = 0;
        for (int i = 0; i < from.length; i++) {
            sum += Math.exp(from[i]) * (from[i] - to[i]);
        }
        return sum;
    }
}
