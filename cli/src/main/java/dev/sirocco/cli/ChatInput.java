package dev.sirocco.cli;

import java.util.Optional;

/** Where a person's messages come from. */
interface ChatInput extends AutoCloseable {
    /**
     * {@return the next message, with line breaks where it has several lines; empty when there are no more}
     *
     * @param prompt what to show where a person types
     */
    Optional<String> next(String prompt);

    /** {@return whether a person types, who can be told of a mistake and try again} */
    boolean isDialogue();

    /** Has something done when the person wants an answer to end. */
    void onInterrupt(Runnable action);

    @Override
    void close();

    /** {@return the lines of standard input} */
    static ChatInput lines(Console console) {
        return new ChatInput() {
            @Override
            public Optional<String> next(String prompt) {
                return Optional.ofNullable(ContinuedLines.join(_ -> console.readLine(), prompt));
            }

            @Override
            public boolean isDialogue() {
                return false;
            }

            @Override
            public void onInterrupt(Runnable action) {
                // A signal ends the whole command.
            }

            @Override
            public void close() {
                // Standard input is the process's.
            }
        };
    }
}
