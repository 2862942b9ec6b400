package dev.sirocco.cli;

import dev.sirocco.cli.hub.HubException;
import dev.sirocco.cli.sdk.SdkException;
import dev.sirocco.cli.sdk.SdkNeeded;
import dev.sirocco.config.ProfileException;
import dev.sirocco.model.chat.ChatException;
import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.session.ContextException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Turns whatever went wrong into one line and an exit status. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final int FAILED = 1;
    static final int BAD_USAGE = 2;

    /** How picocli begins when a value cannot be converted. */
    private static final Pattern INVALID_VALUE = Pattern.compile("Invalid value for [^:]*: ");

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private final Console console;
    private final boolean debug;
    private final IntSupplier startOnSdk;

    /**
     * @param debug      whether to show stack traces
     * @param startOnSdk runs the same command on a TornadoVM SDK and gives its exit status
     */
    Failures(Console console, boolean debug, IntSupplier startOnSdk) {
        this.console = console;
        this.debug = debug;
        this.startOnSdk = startOnSdk;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        return reportUsage(failure);
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine commandLine, ParseResult arguments) {
        return report(failure);
    }

    /** Reports a command line that makes no sense. {@return the exit status} */
    private int reportUsage(ParameterException failure) {
        String problem = oneLine(
                failure instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched) : failure.getMessage());
        Matcher invalid = INVALID_VALUE.matcher(problem);
        if (invalid.lookingAt() && failure.getArgSpec() instanceof OptionSpec option) {
            problem = option.names()[0] + ": " + problem.substring(invalid.end());
        }
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        console.note("sirocco: " + problem + "; see '" + command + " --help'");
        trace(failure);
        return BAD_USAGE;
    }

    /** {@return what is wrong with the first word that nothing takes} */
    private static String unmatched(UnmatchedArgumentException failure) {
        String word = failure.getUnmatched().getFirst();
        List<String> suggestions = failure.getSuggestions();
        String meant = suggestions.isEmpty() ? "" : " (did you mean " + String.join(" or ", suggestions) + "?)";
        if (failure.isUnknownOption()) {
            return word + ": no such option" + meant;
        }
        boolean noCommand = failure.getCommandLine().getParent() == null;
        return "'" + word + "': " + (noCommand ? "no such command" + meant : "one argument too many");
    }

    /** Reports a failure. {@return the exit status} */
    int report(Throwable failure) {
        if (failure instanceof OutputFailure output && output.readerIsGone()) {
            return 0;
        }
        if (failure instanceof ParameterException usage) {
            return reportUsage(usage);
        }
        if (failure instanceof SdkNeeded) {
            try {
                return startOnSdk.getAsInt();
            } catch (SdkException e) {
                return report(e);
            }
        }
        flushQuietly();
        console.note("sirocco: " + describe(failure));
        trace(failure);
        return FAILED;
    }

    private static String describe(Throwable failure) {
        return switch (failure) {
            case CommandFailure e -> oneLine(e.getMessage());
            case OutputFailure e -> oneLine(e.getMessage());
            case ModelFileException e -> oneLine(e.getMessage());
            case HubException e -> oneLine(e.getMessage());
            case ChatException e -> oneLine(e.getMessage());
            case ContextException e -> oneLine(e.getMessage());
            case ProfileException e -> oneLine(e.getMessage());
            case SdkException e -> oneLine(e.getMessage());
            case TornadoRuntimeException e -> oneLine(e.getMessage());
            case TornadoBailoutRuntimeException e ->
                "TornadoVM: " + ofSdk(e.getMessage()) + "; SIROCCO_DEBUG=1 shows where";
            case TornadoOutOfMemoryException e -> oneLine(e.getMessage());
            case OutOfMemoryError e ->
                "out of memory: " + oneLine(e.getMessage())
                        + "; use a smaller --ctx, or more heap with SIROCCO_JAVA_OPTS=-Xmx4g";
            default -> "unexpected failure: " + oneLine(failure.toString()) + "; SIROCCO_DEBUG=1 shows where";
        };
    }

    /** {@return what an SDK says, without its colours and the stack trace that it puts into messages} */
    private static String ofSdk(String message) {
        return oneLine(
                COLOUR.matcher(String.valueOf(message)).replaceAll("").replaceFirst("(?s)\\s*Stacktrace:.*", ""));
    }

    private static String oneLine(String message) {
        return Printable.oneLine(String.valueOf(message).strip());
    }

    /** What was printed before the failure is the user's. */
    private void flushQuietly() {
        try {
            console.flush();
        } catch (OutputFailure _) {
            // The failure that is being reported came first.
        }
    }

    private void trace(Throwable failure) {
        if (debug) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            console.note(text.toString());
        }
    }
}
