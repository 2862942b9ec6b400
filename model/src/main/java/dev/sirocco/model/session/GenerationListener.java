package dev.sirocco.model.session;

/** Is given a generation as it happens, on the thread that generates, and may end it. */
public interface GenerationListener {
    /** Ignores everything and never ends a generation. */
    GenerationListener NONE = new GenerationListener() {};

    /**
     * A part of the prompt was computed.
     *
     * @param done  tokens of the prompt that are computed
     * @param total tokens of the prompt
     * @return whether to go on
     */
    default boolean prompt(int done, int total) {
        return true;
    }

    /**
     * A token was chosen.
     *
     * @param id   of the token
     * @param text that it completes, perhaps empty; what all calls are given, joined, is the text
     * @return whether to go on
     */
    default boolean token(int id, String text) {
        return true;
    }

    /**
     * The generation has ended.
     *
     * @param text that was held back because its last character was not complete, usually empty
     */
    default void end(String text) {}
}
