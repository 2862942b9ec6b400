package dev.sirocco.runtime.bytecode;

/** Why an instruction cannot be lifted; the lifter adds kernel and line. */
final class Refusal extends RuntimeException {
    Refusal(String reason) {
        super(reason, null, false, false);
    }
}
