package dev.sirocco.cli;

import dev.sirocco.model.chat.ChatSession;
import dev.sirocco.model.chat.ChatTemplate;
import dev.sirocco.model.loading.ModelConfig;
import dev.sirocco.model.sampling.SamplerSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        defaultValueProvider = ChatCommand.Defaults.class,
        description =
                "Talks with a model. At a terminal lines can be edited; elsewhere each line of standard input is a"
                        + " message, and only answers go to standard output.",
        footer = {
            "",
            "A backslash at the end of a line continues the message on the next one. /help lists what else can be"
                    + " typed.",
            "Ctrl-C ends an answer, Ctrl-D or /exit the chat.",
            "Example: sirocco chat -m Mistral-7B-Instruct-v0.3.Q8_0.gguf --system 'Answer in one sentence.'"
        })
final class ChatCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions run;

    @Mixin
    private TemplateOptions template;

    @Option(
            names = "--chat",
            paramLabel = "FILE",
            description = "Continue a conversation that /save wrote: JSON with messages, and perhaps tools.")
    private Path chat;

    @Option(
            names = "-n",
            paramLabel = "N",
            defaultValue = "-1",
            description = "The most tokens of an answer; -1 for as many as the context takes (default:"
                    + " ${DEFAULT-VALUE}).")
    private int maxTokens;

    @Mixin
    private SamplingOptions sampling;

    ChatCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        run.validate();
        template.validate();
        Numbers.within(spec, "-n", maxTokens, -1, Integer.MAX_VALUE);
        SamplerSettings settings = sampling.settings();
        try (RunningModel running = run.open(console)) {
            ChatTemplate layout = template.choose(running.model().source().metadata(), running.tokenizer());
            ChatSession session = new ChatSession(running.newSession(context(running)), layout);
            if (chat != null) {
                session.load(template.read(chat));
            } else {
                session.setSystemPrompt(template.system());
            }
            boolean dialogue = Terminal.isDialogue();
            try (ChatInput input = dialogue ? TerminalInput.open(console) : ChatInput.lines(console);
                    Interruption.Section _ = interruption.graceful()) {
                if (dialogue) {
                    console.note("sirocco: " + running.path().getFileName() + " on "
                            + running.device().id() + ", template " + layout + ", context of "
                            + session.context() + " tokens; /help lists commands");
                }
                new ChatLoop(console, input, interruption, running, session, settings, maxTokens).run();
            }
        }
        return interruption.requested() ? Interruption.STATUS : 0;
    }

    /** {@return the context: with a sliding window the model's own, for the cache does not grow with it} */
    private int context(RunningModel running) {
        ModelConfig config = running.model().config();
        return run.context() == 0 && config.windows().widest() > 0 ? config.contextLength() : run.context();
    }

    /** What suits conversations better than the most likely token each time. */
    static final class Defaults implements IDefaultValueProvider {
        @Override
        public String defaultValue(ArgSpec argument) {
            if (!(argument instanceof OptionSpec option)) {
                return null;
            }
            return switch (option.longestName()) {
                case "--temperature" -> "0.7";
                case "--min-p" -> "0.05";
                default -> null;
            };
        }
    }
}
