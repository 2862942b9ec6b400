package dev.sirocco.runtime.bytecode;

import java.lang.classfile.Attributes;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.LineNumberInfo;
import java.lang.classfile.attribute.LocalVariableInfo;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A method's instructions with what its attributes say of them, addressed by bytecode index. */
public final class MethodCode {
    /** The frame at a join: which local slots are live there, and how deep the stack is. */
    record Frame(List<Integer> liveSlots, int stackDepth) {}

    /** An {@code @Parallel} variable: its slot, and where its scope begins, which is the loop's header. */
    record ParallelVariable(int slot, int headerIndex) {}

    private final CodeAttribute code;
    private final List<Instruction> instructions;
    private final BitSet assignedSlots = new BitSet();
    private final TreeMap<Integer, Integer> lines = new TreeMap<>();
    private final Map<Integer, Frame> frames = new TreeMap<>();
    private final List<LocalVariableInfo> variables;
    private final List<ParallelVariable> parallelVariables = new ArrayList<>();

    /** Reads a method that {@link Lifter} has lifted, or finds out that it cannot be. */
    public MethodCode(MethodModel method) {
        code = (CodeAttribute) method.code()
                .orElseThrow(() -> new Refusal(method.methodName() + " has no bytecode (native or abstract)"));
        code.findAttribute(Attributes.lineNumberTable()).ifPresent(table -> {
            for (LineNumberInfo info : table.lineNumbers()) {
                lines.put(info.startPc(), info.lineNumber());
            }
        });
        instructions = code.elementStream()
                .filter(Instruction.class::isInstance)
                .map(Instruction.class::cast)
                .toList();
        for (Instruction instruction : instructions) {
            switch (instruction) {
                case StoreInstruction store -> assignedSlots.set(store.slot());
                case IncrementInstruction increment -> assignedSlots.set(increment.slot());
                default -> {}
            }
        }
        variables = code.findAttribute(Attributes.localVariableTable())
                .map(table -> table.localVariables())
                .orElseThrow(() ->
                        new Refusal("the class was compiled without local-variable tables; compile it with javac -g"));
        code.findAttribute(Attributes.stackMapTable()).ifPresent(table -> {
            for (StackMapFrameInfo info : table.entries()) {
                frames.put(index(info.target()), frame(info));
            }
        });
        code.findAttribute(Attributes.runtimeVisibleTypeAnnotations())
                .ifPresent(table -> table.annotations().forEach(this::noteParallel));
        parallelVariables.sort((a, b) -> Integer.compare(a.headerIndex, b.headerIndex));
    }

    private static Frame frame(StackMapFrameInfo info) {
        List<Integer> live = new ArrayList<>();
        int slot = 0;
        for (VerificationTypeInfo type : info.locals()) {
            if (type != SimpleVerificationTypeInfo.TOP) {
                live.add(slot);
            }
            slot += type == SimpleVerificationTypeInfo.LONG || type == SimpleVerificationTypeInfo.DOUBLE ? 2 : 1;
        }
        return new Frame(List.copyOf(live), info.stack().size());
    }

    private void noteParallel(TypeAnnotation annotation) {
        if (annotation.annotation().classSymbol().equals(KernelTypes.PARALLEL)
                && annotation.targetInfo() instanceof TypeAnnotation.LocalVarTarget target) {
            target.table()
                    .forEach(range ->
                            parallelVariables.add(new ParallelVariable(range.index(), index(range.startLabel()))));
        }
    }

    /** {@return the instructions, in order} */
    public List<Instruction> instructions() {
        return instructions;
    }

    /** {@return whether any instruction writes a local slot} */
    boolean isAssigned(int slot) {
        return assignedSlots.get(slot);
    }

    /** {@return the bytecode index of a label} */
    public int index(Label label) {
        return code.labelToBci(label);
    }

    int maxLocals() {
        return code.maxLocals();
    }

    /** {@return the source line of the instruction at an index, or 0} */
    public int line(int index) {
        Map.Entry<Integer, Integer> entry = lines.floorEntry(index);
        return entry == null ? 0 : entry.getValue();
    }

    /** {@return the frame at an index, or null where control does not join} */
    Frame frame(int index) {
        return frames.get(index);
    }

    /** {@return the Java name of a slot at an index, or an empty string} */
    String name(int slot, int index) {
        for (LocalVariableInfo variable : variables) {
            if (variable.slot() == slot
                    && variable.startPc() <= index
                    && index <= variable.startPc() + variable.length()) {
                return variable.name().stringValue();
            }
        }
        return "";
    }

    /** {@return the {@code @Parallel} loop variables in the order of their loops' headers} */
    List<ParallelVariable> parallelVariables() {
        return parallelVariables;
    }
}
