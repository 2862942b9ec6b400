package dev.sirocco.cli;

import dev.sirocco.model.convert.Conversion;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description = "Makes a GGUF file from a folder with safetensors files, metadata and tokenizer included.",
        footer = {"", "Example: sirocco convert Mistral-7B-v0.3 -o mistral-7b.gguf --type q8_0"})
final class ConvertCommand implements Runnable {
    private final Console console;

    @Parameters(paramLabel = "SRC", description = "The folder (or a GGUF file, to change the type of its weights).")
    private Path source;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to make. Default: SRC.gguf in the working directory.")
    private Path target;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "f32, f16, bf16, or any type of 'sirocco quantize'. Default: the model's own.")
    private String type;

    @Mixin
    private NewFileOptions options;

    ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        options.validate();
        Conversion.Recipe recipe = type == null
                ? Conversion.Recipe.KEEP
                : Conversion.Recipe.of(Optional.of(ConvertedFile.mixture("--type", type)));
        Path name = source.toAbsolutePath().normalize().getFileName();
        Path file = target == null ? Path.of((name == null ? "model" : name) + ".gguf") : target;
        new ConvertedFile(console, options).make("converting to", source, file, recipe);
    }
}
