package dev.sirocco.model.session;

/** Is told how far the loading of a model is, on the thread that loads. */
@FunctionalInterface
public interface LoadListener {
    /** Tells nobody. */
    LoadListener SILENT = (_, _, _) -> {};

    /** What loading consists of. */
    enum Step {
        /** Finding and checking tensors, counted. */
        MAP_WEIGHTS,
        /** Compiling kernels and bringing weights to the device: one step. */
        PREPARE_DEVICE
    }

    /**
     * @param step  what is being done
     * @param done  how much of it is done
     * @param total how much there is to do
     */
    void progress(Step step, int done, int total);
}
