package dev.sirocco.cli;

import dev.sirocco.cli.hub.HubName;
import dev.sirocco.cli.hub.ModelCache;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.model.source.ModelSource;
import dev.sirocco.model.tokenizer.TokenizerFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which model to use. */
final class ModelOption {
    /** The small model that comes with the project, below its home folder. */
    private static final String SHIPPED = "model/pretrained/wordnet/wordnet.Q8_0.gguf";

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            description = "The model: a GGUF file, a folder with safetensors files, or the name of a pulled model"
                    + " (OWNER/NAME[@REV][:FILE]). Default: the small model that comes with Sirocco.")
    private Path file;

    /**
     * {@return the model's file, which exists}
     *
     * @throws CommandFailure when it does not
     */
    Path path() {
        Path path = file == null ? shipped() : file;
        if (Files.notExists(path)) {
            return pulled(path);
        }
        return path;
    }

    /** {@return the file of a model that is named as on a hub} */
    private static Path pulled(Path name) {
        Optional<HubName> hubName = HubName.parse(name.toString());
        String remedy = hubName.isEmpty()
                ? "; name a GGUF file with -m"
                : ", and no such model was pulled; name a GGUF file, or get it by 'sirocco pull " + name + "'";
        return hubName.flatMap(ModelCache.of(System.getenv())::find)
                .orElseThrow(() -> new CommandFailure(name + ": does not exist" + remedy));
    }

    /** {@return the opened file, owned by the caller} */
    ModelSource open() {
        return ModelSource.open(path());
    }

    /** {@return the keys from which the tokenizer is made; a folder needs no weights for them} */
    GgufMetadata tokenizerKeys() {
        Path path = path();
        if (Files.isDirectory(path)) {
            return TokenizerFiles.metadata(path);
        }
        try (ModelSource opened = ModelSource.open(path)) {
            return opened.metadata();
        }
    }

    private static Path shipped() {
        String home = System.getProperty("sirocco.home");
        if (home == null) {
            throw new CommandFailure("-m: no model is named, and the one that comes with Sirocco is found only by"
                    + " scripts/sirocco; name a GGUF file");
        }
        return Path.of(home, SHIPPED);
    }
}
