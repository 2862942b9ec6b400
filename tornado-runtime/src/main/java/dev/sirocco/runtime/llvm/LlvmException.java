package dev.sirocco.runtime.llvm;

/** LLVM refused something: a defect of generated code or of this package, never of a kernel. */
public final class LlvmException extends RuntimeException {
    public LlvmException(String message) {
        super(message);
    }
}
