package dev.sirocco.runtime.cuda;

/** Something that a stream is given, in order, and that can be recorded: the same parts again do the same. */
sealed interface StepPart permits PinnedArray.In, PinnedArray.Out, CudaSequence {
    /** Gives it to the stream. */
    void enqueue(CudaNative cuda, long stream);
}
