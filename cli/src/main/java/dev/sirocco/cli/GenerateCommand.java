package dev.sirocco.cli;

import dev.sirocco.model.chat.AnswerParser;
import dev.sirocco.model.chat.ChatTemplate;
import dev.sirocco.model.chat.Conversation;
import dev.sirocco.model.chat.ConversationWriter;
import dev.sirocco.model.chat.FillInTheMiddle;
import dev.sirocco.model.sampling.SamplerSettings;
import dev.sirocco.model.session.Generation;
import dev.sirocco.model.session.GenerationListener;
import dev.sirocco.model.session.GenerationRequest;
import dev.sirocco.model.session.Session;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description =
                "Continues a text, or answers it with --template or --system. What the model says is printed as it"
                        + " comes, without the text.",
        footer = {
            "",
            "Ctrl-C ends the continuation; what there is of it is printed, and the exit status is 130.",
            "Examples: sirocco generate -p 'mistral:'",
            "          echo 'mistral:' | sirocco generate -n 20 --temp 0.8 --seed 1 --json"
        })
final class GenerateCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Console console;
    private final Interruption interruption;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions run;

    @Mixin
    private PromptOptions prompt;

    @Option(
            names = "-n",
            paramLabel = "N",
            defaultValue = "256",
            description = "The most tokens to generate; -1 for as many as the context takes (default:"
                    + " ${DEFAULT-VALUE}).")
    private int maxTokens;

    @Mixin
    private SamplingOptions sampling;

    @Mixin
    private TemplateOptions template;

    @Option(
            names = "--chat",
            paramLabel = "FILE",
            description = "Answer a conversation in place of a text: JSON with messages, and perhaps tools.")
    private Path chat;

    @Option(
            names = "--suffix",
            paramLabel = "TEXT",
            description = "What follows the continuation: the gap between the text and this is filled, by models for"
                    + " code that were trained on that.")
    private String suffix;

    @Option(names = "--json", description = "Print one object at the end: tokens, text, why it ended, timings.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print statistics on standard error even if that is no terminal.")
    private boolean verbose;

    /** Whether what comes is an answer of a conversation. */
    private boolean answers;

    private boolean begun;

    GenerateCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        prompt.validate();
        template.validate();
        validateCombination();
        run.validate();
        Numbers.within(spec, "-n", maxTokens, -1, Integer.MAX_VALUE);
        SamplerSettings settings = sampling.settings();
        try (RunningModel running = run.open(console)) {
            int[] tokens = tokens(running);
            Session session = running.newSession(run.context());
            GenerationRequest request =
                    new GenerationRequest(Arrays.stream(tokens).boxed().toList(), settings, maxTokens);
            Generation generation;
            try (Interruption.Section _ = interruption.graceful()) {
                generation = generate(running, session, request);
                if (json) {
                    printJson(running, generation, settings);
                } else {
                    console.println("");
                }
                console.flush();
                if (verbose || console.errIsTerminal()) {
                    console.note(statistics(running, generation));
                }
            }
            return generation.stopReason() == Generation.StopReason.CANCELLED ? Interruption.STATUS : 0;
        }
    }

    private void validateCombination() {
        boolean templated = template.given() || chat != null;
        if (templated && (suffix != null || prompt.isExact())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--template, --system, --chat: cannot be combined with --suffix, --tokens or --raw");
        } else if (suffix != null && prompt.isExact()) {
            throw new ParameterException(spec.commandLine(), "--suffix: cannot be combined with --tokens or --raw");
        } else if (chat != null && prompt.isGiven()) {
            throw new ParameterException(spec.commandLine(), "--chat: cannot be combined with a text; leave one out");
        }
    }

    /** {@return what the model sees: a text, laid out where that is wanted} */
    private int[] tokens(RunningModel running) {
        if (suffix != null) {
            return FillInTheMiddle.encode(running.tokenizer(), prompt.text(console), suffix);
        } else if (!template.given() && chat == null) {
            return prompt.tokens(console, running.tokenizer());
        }
        answers = true;
        ChatTemplate layout = template.choose(running.model().source().metadata(), running.tokenizer());
        Conversation conversation =
                chat != null ? template.read(chat) : Conversation.of(template.system(), prompt.text(console));
        return layout.encode(conversation, running.tokenizer());
    }

    private Generation generate(RunningModel running, Session session, GenerationRequest request) {
        GenerationListener printer = new GenerationListener() {
            @Override
            public boolean prompt(int done, int total) {
                return !interruption.requested();
            }

            @Override
            public boolean token(int id, String text) {
                show(text);
                return !interruption.requested();
            }

            @Override
            public void end(String text) {
                show(text);
            }
        };
        try {
            return session.generate(request, printer);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(running.path() + ": " + e.getMessage(), e);
        }
    }

    private void show(String text) {
        if (!json && !text.isEmpty()) {
            console.print(begun ? text : beginning(text));
            console.flush();
            begun = true;
        }
    }

    /** {@return the text without the blank that an answer begins with, for it continues nothing} */
    private String beginning(String text) {
        return answers && text.startsWith(" ") ? text.substring(1) : text;
    }

    private void printJson(RunningModel running, Generation generation, SamplerSettings settings) {
        JsonOutput.object(console, out -> {
            out.writeStringField("model", running.path().toString());
            out.writeStringField("device", running.device().id());
            out.writeNumberField("prompt_tokens", generation.promptTokens());
            JsonOutput.ints(
                    out,
                    "tokens",
                    generation.tokens().stream().mapToInt(Integer::intValue).toArray());
            out.writeStringField("text", beginning(generation.text()));
            if (answers) {
                out.writeFieldName("message");
                ChatJson.write(
                        out, ConversationWriter.write(AnswerParser.parse(running.tokenizer(), generation.tokens())));
            }
            out.writeStringField("finish_reason", finishReason(generation));
            out.writeNumberField("seed", settings.seed());
            out.writeObjectFieldStart("timings");
            out.writeNumberField("load_ms", running.loadNanos() / NANOS_PER_MILLI);
            out.writeNumberField("prompt_ms", generation.promptNanos() / NANOS_PER_MILLI);
            out.writeNumberField("prompt_per_second", perSecond(generation.promptTokens(), generation.promptNanos()));
            out.writeNumberField("generation_ms", generation.generationNanos() / NANOS_PER_MILLI);
            out.writeNumberField(
                    "generation_per_second", perSecond(generation.tokens().size(), generation.generationNanos()));
            out.writeEndObject();
        });
    }

    private static String finishReason(Generation generation) {
        return switch (generation.stopReason()) {
            case END_OF_SEQUENCE -> "stop";
            case MAX_TOKENS -> "length";
            case CONTEXT_FULL -> "context";
            case CANCELLED -> "interrupted";
        };
    }

    private static double perSecond(int count, long nanos) {
        return nanos == 0 ? 0 : NANOS * count / nanos;
    }

    private static String statistics(RunningModel running, Generation generation) {
        String why = switch (generation.stopReason()) {
            case END_OF_SEQUENCE -> "the model ended it";
            case MAX_TOKENS -> "-n was reached";
            case CONTEXT_FULL -> "the context is full (--ctx)";
            case CANCELLED -> "interrupted";
        };
        int generated = generation.tokens().size();
        return String.format(
                Locale.ROOT,
                "sirocco: loaded in %.2f s; prompt %d tokens in %.2f s (%.1f/s); generated %d in %.2f s (%.1f/s); %s",
                running.loadNanos() / NANOS,
                generation.promptTokens(),
                generation.promptNanos() / NANOS,
                perSecond(generation.promptTokens(), generation.promptNanos()),
                generated,
                generation.generationNanos() / NANOS,
                perSecond(generated, generation.generationNanos()),
                why);
    }
}
