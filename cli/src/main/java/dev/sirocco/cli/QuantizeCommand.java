package dev.sirocco.cli;

import dev.sirocco.model.convert.Conversion;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "quantize",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description = "Makes a GGUF file whose weights take fewer bits, from one in F32, F16 or BF16.",
        footer = {
            "",
            "Types, from large to small: Q8_0, Q6_K, Q5_K_M, Q5_1, Q5_K_S, Q5_0, Q4_1, Q4_K_M, Q4_K_S,",
            "IQ4_NL, Q4_0, IQ4_XS, Q3_K_M, Q3_K_S, Q2_K; and F32, F16, BF16.",
            "Those with _M and _S, Q2_K and the IQ4 types give more bits to the matrices that suffer most;",
            "all but Q8_0 give the output matrix Q6_K. --pure gives every matrix the same.",
            "",
            "Example: sirocco quantize mistral-7b.F16.gguf mistral-7b.Q4_K_M.gguf Q4_K_M"
        })
final class QuantizeCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "IN", description = "A GGUF file, or a folder with safetensors files.")
    private Path source;

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to make.")
    private Path target;

    @Parameters(index = "2", arity = "0..1", paramLabel = "TYPE", description = "See below.")
    private String type;

    @Option(names = "--type", paramLabel = "TYPE", description = "The same, as 'sirocco convert' takes it.")
    private String typeOption;

    @Option(
            names = "--output-type",
            paramLabel = "T",
            description = "Type of the output matrix, in place of what TYPE gives it.")
    private String outputType;

    @Option(names = "--pure", description = "Give every matrix the same type.")
    private boolean pure;

    @Option(
            names = "--allow-requantize",
            description = "Take IN although its weights have lost bits already, and accept that they lose more.")
    private boolean again;

    @Mixin
    private NewFileOptions options;

    QuantizeCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        options.validate();
        if ((type == null) == (typeOption == null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    type == null ? "TYPE: is missing; name one, such as Q4_K_M" : "--type: there is a TYPE already");
        }
        Conversion.Recipe recipe = new Conversion.Recipe(
                Optional.of(ConvertedFile.mixture("TYPE", type == null ? typeOption : type)),
                pure,
                outputType == null ? Optional.empty() : Optional.of(ConvertedFile.type("--output-type", outputType)),
                again);
        new ConvertedFile(console, options).make("quantizing to", source, target, recipe);
    }
}
