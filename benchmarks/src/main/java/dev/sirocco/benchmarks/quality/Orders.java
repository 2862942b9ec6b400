package dev.sirocco.benchmarks.quality;

import dev.sirocco.model.quantize.Mixture;
import dev.sirocco.model.session.LogitsListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The same model in several orders of its units. One file of a type is one draw of rounding errors, which moves
 * perplexity up or down as it happens; what the quantization itself does to perplexity is what is left over many.
 */
public final class Orders {
    private final List<Path> files = new ArrayList<>();
    private final Path folder;
    private final Texts texts;
    private final LlamaQuantizer llama;

    /**
     * What came out in the orders.
     *
     * @param mean          percent by which the perplexity is above llama.cpp's
     * @param standardError of that, as if the orders were drawn at random; NaN for a single one
     */
    public record Spread(double mean, double standardError) {
        static Spread of(List<Double> percent) {
            double count = percent.size();
            double mean = percent.stream().mapToDouble(Double::doubleValue).sum() / count;
            double squares = percent.stream()
                    .mapToDouble(value -> (value - mean) * (value - mean))
                    .sum();
            return new Spread(mean, Math.sqrt(squares / (count - 1) / count));
        }
    }

    /**
     * Writes the model in all orders but its own.
     *
     * @param full   the model in F32
     * @param folder to which files are written; the caller removes them
     * @param count  of orders, the model's own among them
     * @throws IllegalArgumentException when they are several, and the model is not plain
     */
    public Orders(Path full, Path folder, int count, Texts texts, LlamaQuantizer llama) {
        this.folder = folder;
        this.texts = texts;
        this.llama = llama;
        for (int order = 1; order < count; order++) {
            Path file = folder.resolve("order-" + order + ".gguf");
            UnitOrder.write(full, file, order);
            files.add(file);
        }
    }

    /**
     * {@return how much higher the perplexity of this project's files is than that of llama.cpp's}
     *
     * @param own the difference with the model as it is
     */
    public Spread above(Mixture mixture, Scores.Difference own) throws IOException {
        List<Double> percent = new ArrayList<>(List.of(own.percent()));
        Path quantized = folder.resolve("quantized.gguf");
        for (Path file : files) {
            FullModel.quantize(file, quantized, mixture);
            Scores ours = scores(quantized);
            llama.quantize(file, quantized, mixture);
            percent.add(ours.above(scores(quantized)).percent());
            Files.delete(quantized);
        }
        return Spread.of(percent);
    }

    private Scores scores(Path quantized) throws IOException {
        Path decoded = folder.resolve("decoded.gguf");
        FullModel.quantize(quantized, decoded, Mixture.F32);
        Scores scores = texts.scores(decoded, LogitsListener.NONE);
        Files.delete(decoded);
        return scores;
    }
}
