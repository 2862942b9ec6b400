package dev.sirocco.cli;

import dev.sirocco.cli.hub.HubName;
import dev.sirocco.cli.hub.Pull;
import dev.sirocco.cli.hub.TransferListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description = {
            "Downloads a GGUF model from a hub; -m then takes its name. What was stopped goes on where it was.",
            "Without FILE the Q4_K_M is taken. FILE may be a part of the name, such as Q8_0."
        },
        footer = {
            "",
            "HF_ENDPOINT names another hub than https://huggingface.co.",
            "HF_TOKEN is sent to the hub, and to no other host.",
            "Models lie in $$XDG_CACHE_HOME/sirocco/models (by default ~/.cache/sirocco/models).",
            "",
            "Example: sirocco pull OWNER/Mistral-7B-GGUF:Q4_K_M"
        })
final class PullCommand implements Runnable {
    private final Console console;
    private final Map<String, String> environment;

    @Parameters(
            paramLabel = "REPO[@REV][:FILE]",
            description = "Owner and name of a repository, a branch, tag or commit of it, and a file in it.")
    private String name;

    @Option(
            names = "--revision",
            paramLabel = "REV",
            description = "A branch, tag or commit, as @REV names it (default: the main branch).")
    private String revision;

    @Option(names = "--json", description = "Print an object with the name and the file.")
    private boolean json;

    /** @param environment variables of the process */
    PullCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public void run() {
        HubName hubName = hubName();
        Path file;
        try (Notes notes = new Notes();
                Pull pull = Pull.of(environment, notes)) {
            file = pull.pull(hubName);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(name + ": was interrupted; pull again to go on", e);
        }
        if (json) {
            JsonOutput.object(console, out -> {
                out.writeStringField("model", hubName.toString());
                out.writeStringField("file", file.toString());
            });
        } else {
            console.println(file.toString());
        }
    }

    private HubName hubName() {
        HubName given = HubName.parse(name)
                .orElseThrow(() -> new CommandFailure(Printable.oneLine(name)
                        + ": is no name of a model on a hub; write OWNER/NAME, OWNER/NAME:FILE or"
                        + " OWNER/NAME@REVISION:FILE"));
        if (revision == null) {
            return given;
        } else if (given.revision().isPresent()) {
            throw new CommandFailure("--revision: " + Printable.oneLine(name) + " names one already; leave one out");
        }
        return HubName.parse(given.repository() + "@" + revision
                        + given.file().map(file -> ":" + file).orElse(""))
                .orElseThrow(() -> new CommandFailure(
                        "--revision: '" + Printable.oneLine(revision) + "' is no name of a branch, a tag or a commit"));
    }

    /** Tells the user on standard error. */
    private final class Notes implements TransferListener, AutoCloseable {
        private ByteProgress progress;

        @Override
        public void chosen(String file, List<String> all) {
            console.note("sirocco: taking " + file + " of " + String.join(", ", all));
        }

        @Override
        public void begun(String file, long sizeBytes, long alreadyThere) {
            close();
            progress = new ByteProgress(console, "pulling " + file, sizeBytes, alreadyThere);
        }

        @Override
        public void received(long bytes) {
            progress.advance(bytes);
        }

        @Override
        public void retried(String reason, long waitMillis) {
            close();
            console.note(
                    "sirocco: " + Printable.oneLine(reason) + "; trying again in " + (waitMillis + 999) / 1000 + " s");
        }

        @Override
        public void checking(String file) {
            close();
            if (console.errIsTerminal()) {
                console.note("sirocco: checking " + file);
            }
        }

        @Override
        public void done(String file) {
            close();
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
            }
        }
    }
}
