package dev.sirocco.runtime.bytecode;

import dev.sirocco.runtime.cache.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Class files of kernels and their helpers, each parsed once. */
public final class KernelClass {
    private static final List<ClassDesc> BYTE_LOAD_PARAMETERS =
            List.of(ClassDesc.of(KernelTypes.API + "types.arrays.ByteArray"), ConstantDescs.CD_int);
    private static final Map<Class<?>, Optional<byte[]>> FILES = new ConcurrentHashMap<>();
    private static final Map<Class<?>, ClassModel> MODELS = new ConcurrentHashMap<>();
    private static final Map<Class<?>, Optional<String>> DIGESTS = new ConcurrentHashMap<>();

    private KernelClass() {}

    /** {@return the method of a loaded class; empty when it has none of that name and type} */
    public static Optional<MethodModel> method(Class<?> owner, String name, MethodTypeDesc type) {
        return MODELS.computeIfAbsent(owner, KernelClass::parse).methods().stream()
                .filter(m -> m.methodName().equalsString(name)
                        && m.methodTypeSymbol().equals(type))
                .findFirst();
    }

    /** {@return what stands for the content of a class file; empty when the class was not loaded from one} */
    public static Optional<String> digest(Class<?> owner) {
        return DIGESTS.computeIfAbsent(
                owner, loaded -> file(loaded).map(content -> HexFormat.of().formatHex(Digest.of(content))));
    }

    /** {@return the class that a descriptor names, as the given class sees it; empty when there is none} */
    public static Optional<Class<?>> load(ClassDesc type, Class<?> from) {
        String descriptor = type.descriptorString();
        String name = descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
        try {
            return Optional.of(Class.forName(name, false, from.getClassLoader()));
        } catch (ClassNotFoundException _) {
            return Optional.empty();
        }
    }

    /**
     * {@return whether a helper only reads a binary16 number at a byte's index} It says so by an annotation, which is
     * known by its simple name, so that kernels need not depend on this runtime.
     */
    static boolean loadsFloat16(MethodModel helper) {
        return isAnnotated(helper, "Float16Load")
                && helper.methodTypeSymbol().parameterList().equals(BYTE_LOAD_PARAMETERS);
    }

    /** {@return whether a helper only reads an int at a byte's index} As {@link #loadsFloat16}. */
    static boolean loadsWord(MethodModel helper) {
        return isAnnotated(helper, "WordLoad")
                && helper.methodTypeSymbol().equals(MethodTypeDesc.of(ConstantDescs.CD_int, BYTE_LOAD_PARAMETERS));
    }

    /** {@return whether a helper only takes an int's bits for a float's} As {@link #loadsFloat16}. */
    static boolean isFloatFromBits(MethodModel helper) {
        return isAnnotated(helper, "FloatFromBits") && makesFloat(helper);
    }

    /** {@return whether a helper only takes an int's lower bits for a binary16's} As {@link #loadsFloat16}. */
    static boolean isFloat16FromBits(MethodModel helper) {
        return isAnnotated(helper, "Float16FromBits") && makesFloat(helper);
    }

    /** {@return whether a helper only makes two binary16 numbers' bits of floats} As {@link #loadsFloat16}. */
    static boolean isFloat16Pair(MethodModel helper) {
        return isAnnotated(helper, "Float16Pair")
                && helper.methodTypeSymbol()
                        .equals(MethodTypeDesc.of(
                                ConstantDescs.CD_int, ConstantDescs.CD_float, ConstantDescs.CD_float));
    }

    private static boolean makesFloat(MethodModel helper) {
        return helper.methodTypeSymbol().equals(MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_int));
    }

    private static boolean isAnnotated(MethodModel helper, String annotation) {
        return helper.findAttribute(Attributes.runtimeInvisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .anyMatch(found -> found.classSymbol().displayName().equals(annotation));
    }

    private static ClassModel parse(Class<?> owner) {
        return ClassFile.of()
                .parse(file(owner)
                        .orElseThrow(() -> new IllegalArgumentException("no class file for " + owner.getName()
                                + ": kernels must be in classes that are loaded from files or jars")));
    }

    private static Optional<byte[]> file(Class<?> owner) {
        return FILES.computeIfAbsent(owner, KernelClass::read);
    }

    private static Optional<byte[]> read(Class<?> owner) {
        String file =
                owner.getName()
                                .substring(
                                        owner.getPackageName().isEmpty()
                                                ? 0
                                                : owner.getPackageName().length() + 1) + ".class";
        try (InputStream in = owner.getResourceAsStream(file)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
