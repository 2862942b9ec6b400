package dev.sirocco.runtime.bytecode;

import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Type.Scalar;
import java.lang.constant.ClassDesc;
import java.util.Map;
import java.util.Optional;

/** How Java types appear in the IR. */
final class KernelTypes {
    static final String API = "uk.ac.manchester.tornado.api.";
    static final ClassDesc CONTEXT = ClassDesc.of(API + "KernelContext");
    static final ClassDesc HALF_FLOAT = ClassDesc.of(API + "types.HalfFloat");
    static final ClassDesc MMA_SHAPE = ClassDesc.of(API + "enums.MMAShape");
    static final ClassDesc PARALLEL = ClassDesc.of(API + "annotations.Parallel");

    private static final Map<ClassDesc, Scalar> ARRAYS = Map.of(
            array("ByteArray"), Scalar.I8,
            array("Int8Array"), Scalar.I8,
            array("ShortArray"), Scalar.I16,
            array("IntArray"), Scalar.I32,
            array("LongArray"), Scalar.I64,
            array("HalfFloatArray"), Scalar.F16,
            array("FloatArray"), Scalar.F32,
            array("DoubleArray"), Scalar.F64);

    private KernelTypes() {}

    private static ClassDesc array(String simpleName) {
        return ClassDesc.of(API + "types.arrays." + simpleName);
    }

    /** {@return the element type of one of the API's array classes} */
    static Optional<Scalar> element(ClassDesc type) {
        return Optional.ofNullable(ARRAYS.get(type));
    }

    /** {@return how a kernel parameter of this Java type appears in the IR; empty when a kernel may not have it} */
    static Optional<Type> parameter(ClassDesc type) {
        if (type.equals(CONTEXT)) {
            return Optional.of(Type.Context.CONTEXT);
        }
        return switch (type.descriptorString()) {
            case "B", "S", "I" -> Optional.of(Scalar.I32);
            case "J" -> Optional.of(Scalar.I64);
            case "F" -> Optional.of(Scalar.F32);
            case "D" -> Optional.of(Scalar.F64);
            default -> element(type).map(element -> new Type.Array(element, Type.Space.GLOBAL));
        };
    }
}
