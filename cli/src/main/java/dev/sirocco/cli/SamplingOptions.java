package dev.sirocco.cli;

import dev.sirocco.model.sampling.SamplerSettings;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the next token is chosen. */
final class SamplingOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"--temp", "--temperature"},
            paramLabel = "T",
            defaultValue = "0",
            description = "Temperature; 0 always takes the most likely token (default: ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            defaultValue = "0",
            description = "Choose among the K most likely tokens; 0 for all (default: ${DEFAULT-VALUE}).")
    private int topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            defaultValue = "1",
            description = "Choose among the fewest tokens with this probability together (default: ${DEFAULT-VALUE}).")
    private double topP;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            defaultValue = "0",
            description = "Choose among tokens at least this probable relative to the most likely one"
                    + " (default: ${DEFAULT-VALUE}).")
    private double minP;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Makes the choice repeatable (default: another one each time).")
    private Long seed;

    /**
     * {@return the settings}
     *
     * @throws ParameterException when a value makes no sense
     */
    SamplerSettings settings() {
        Numbers.within(spec, "--temp", temperature, 0, 100);
        Numbers.within(spec, "--top-k", topK, 0, Integer.MAX_VALUE);
        Numbers.within(spec, "--min-p", minP, 0, 1);
        if (!(topP > 0 && topP <= 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--top-p: " + topP + " is not above 0 and at most 1; 1 keeps all tokens");
        }
        long chosen = seed == null ? ThreadLocalRandom.current().nextLong(1L << 32) : seed;
        return new SamplerSettings(temperature, topK, topP, minP, chosen);
    }
}
