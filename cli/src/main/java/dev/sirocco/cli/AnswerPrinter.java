package dev.sirocco.cli;

import dev.sirocco.model.session.GenerationListener;
import dev.sirocco.model.tokenizer.ControlToken;
import dev.sirocco.model.tokenizer.Tokenizer;
import java.util.function.BooleanSupplier;

/** Shows an answer as it comes: thoughts between their markers; tool calls not, for they are shown when complete. */
final class AnswerPrinter implements GenerationListener {
    private final Console console;
    private final Tokenizer tokenizer;
    private final BooleanSupplier stopped;
    private boolean begun;
    private boolean hidden;

    AnswerPrinter(Console console, Tokenizer tokenizer, BooleanSupplier stopped) {
        this.console = console;
        this.tokenizer = tokenizer;
        this.stopped = stopped;
    }

    @Override
    public boolean prompt(int done, int total) {
        return !stopped.getAsBoolean();
    }

    @Override
    public boolean token(int id, String text) {
        if (is(id, ControlToken.TOOL_CALLS)) {
            hidden = true;
        } else if (is(id, ControlToken.BEGIN_THINK)) {
            show(ControlToken.BEGIN_THINK.spelling());
        } else if (is(id, ControlToken.END_THINK)) {
            show(ControlToken.END_THINK.spelling() + "\n");
        } else {
            show(text);
        }
        return !stopped.getAsBoolean();
    }

    private boolean is(int id, ControlToken token) {
        return tokenizer.controlId(token.spelling()).orElse(-1) == id;
    }

    /** An answer continues nothing, so it begins without a blank. */
    private void show(String text) {
        if (!hidden && !text.isEmpty()) {
            console.print(begun ? text : text.stripLeading());
            console.flush();
            begun = true;
        }
    }

    @Override
    public void end(String text) {
        show(text);
        if (begun || !hidden) {
            console.println("");
        }
        console.flush();
    }
}
