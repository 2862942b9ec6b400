package dev.sirocco.runtime.strict;

import dev.sirocco.runtime.bytecode.KernelClass;
import dev.sirocco.runtime.bytecode.MethodCode;
import dev.sirocco.runtime.ir.KernelException;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules on the bytecode of a kernel and of the helpers that it calls: on what inlining and folding would hide. */
final class ClassFileRules {
    private static final String API = "uk.ac.manchester.tornado.api";
    private static final ClassDesc HALF_FLOAT = ClassDesc.of(API + ".types.HalfFloat");
    private static final ClassDesc BYTE_ARRAY = ClassDesc.of(API + ".types.arrays.ByteArray");
    private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");

    /** What TornadoVM takes of {@code java.lang.Math}. */
    private static final Set<String> MATH_METHODS =
            Set.of("abs", "cos", "exp", "log", "max", "min", "pow", "sin", "sqrt", "tanh");

    /** Bytecode indices. */
    private record Span(int first, int last) {}

    private final Set<String> visited = new HashSet<>();

    private ClassFileRules() {}

    /**
     * Checks a kernel and what it calls.
     *
     * @throws KernelException naming the method and the line that break a rule
     */
    static void check(Method kernel) {
        String descriptor = MethodType.methodType(kernel.getReturnType(), kernel.getParameterTypes())
                .descriptorString();
        new ClassFileRules().check(kernel.getDeclaringClass(), kernel.getName(), descriptor, true);
    }

    /** Checks one method, then those that it calls. What cannot be found or read, the lifter refuses. */
    private void check(Class<?> owner, String name, String descriptor, boolean isKernel) {
        if (!visited.add(owner.getName() + "." + name + descriptor)) {
            return;
        }
        KernelClass.method(owner, name, MethodTypeDesc.ofDescriptor(descriptor))
                .ifPresent(method -> check(owner, method, isKernel));
    }

    private void check(Class<?> owner, MethodModel method, boolean isKernel) {
        MethodCode code = new MethodCode(method);
        List<Span> loops = loops(code);
        int at = 0;
        for (Instruction instruction : code.instructions()) {
            Optional<String> reason = fault(instruction, !isKernel && isInside(loops, at));
            if (reason.isPresent()) {
                throw new KernelException(
                        owner.getSimpleName() + "." + method.methodName(),
                        code.line(at),
                        StrictSubset.PREFIX + reason.get());
            }
            if (instruction instanceof InvokeInstruction invoke && isHelper(invoke)) {
                KernelClass.load(invoke.owner().asSymbol(), owner)
                        .ifPresent(helper -> check(
                                helper,
                                invoke.name().stringValue(),
                                invoke.typeSymbol().descriptorString(),
                                false));
            }
            at += instruction.sizeInBytes();
        }
    }

    private static Optional<String> fault(Instruction instruction, boolean inLoopOfHelper) {
        return switch (instruction) {
            case OperatorInstruction operator
            when operator.opcode() == Opcode.IUSHR || operator.opcode() == Opcode.LUSHR ->
                Optional.of(">>> becomes >> there; write (x >> n) & mask");
            case NewPrimitiveArrayInstruction array
            when array.typeKind() != TypeKind.INT && array.typeKind() != TypeKind.FLOAT ->
                Optional.of("private arrays may be int[] and float[] only");
            case NewObjectInstruction object
            when object.className().asSymbol().equals(HALF_FLOAT) ->
                Optional.of("a new HalfFloat has another value there; compute with float");
            case InvokeInstruction invoke
            when usesHalfVariables(invoke) ->
                Optional.of(invoke.name() + " makes a variable of type half there, which devices without half precision"
                        + " refuse; compute it from its bytes, in float");
            case ReturnInstruction _
            when inLoopOfHelper -> Optional.of("return inside a helper's loop is lost there; set a variable and break");
            case InvokeInstruction invoke
            when invoke.owner().asSymbol().equals(MATH)
                    && !MATH_METHODS.contains(invoke.name().stringValue()) ->
                Optional.of("Math." + invoke.name() + " is not known there; use TornadoMath");
            default -> Optional.empty();
        };
    }

    /**
     * {@return whether a call is arithmetic of HalfFloat, takes halves from bytes, or shares them} Reading an array of
     * halves is not meant: such arrays hold weights, which are widened for devices without half precision.
     */
    private static boolean usesHalfVariables(InvokeInstruction invoke) {
        ClassDesc owner = invoke.owner().asSymbol();
        String name = invoke.name().stringValue();
        return owner.equals(HALF_FLOAT) && invoke.opcode() == Opcode.INVOKESTATIC
                || owner.equals(BYTE_ARRAY) && name.endsWith("HalfFloat")
                || name.equals("allocateHalfFloatLocalArray");
    }

    private static boolean isHelper(InvokeInstruction invoke) {
        String home = invoke.owner().asSymbol().packageName();
        return invoke.opcode() == Opcode.INVOKESTATIC && !home.startsWith("java.") && !home.startsWith(API);
    }

    /** {@return where each loop is: compilers of Java put its body between a branch back and that branch's target} */
    private static List<Span> loops(MethodCode code) {
        List<Span> loops = new ArrayList<>();
        int at = 0;
        for (Instruction instruction : code.instructions()) {
            if (instruction instanceof BranchInstruction branch && code.index(branch.target()) <= at) {
                loops.add(new Span(code.index(branch.target()), at));
            }
            at += instruction.sizeInBytes();
        }
        return loops;
    }

    private static boolean isInside(List<Span> loops, int index) {
        return loops.stream().anyMatch(loop -> loop.first <= index && index <= loop.last);
    }
}
