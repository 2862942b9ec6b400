package dev.sirocco.signatures;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.ConstantValueAttribute;
import java.lang.classfile.attribute.ExceptionsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What code outside of a class can see of it.
 *
 * @param name          internal name
 * @param flags         of {@link #CLASS_FLAGS}
 * @param superName     internal name, or empty
 * @param interfaces    internal names
 * @param members       public and protected fields, methods and constructors, by name and descriptor
 * @param enumConstants in order
 * @param annotations   retention and targets of an annotation type, as text
 */
record ClassSurface(
        String name,
        Set<AccessFlag> flags,
        String superName,
        List<String> interfaces,
        Map<String, Member> members,
        List<String> enumConstants,
        List<String> annotations) {

    private static final Set<AccessFlag> CLASS_FLAGS =
            EnumSet.of(AccessFlag.PUBLIC, AccessFlag.FINAL, AccessFlag.ABSTRACT, AccessFlag.INTERFACE, AccessFlag.ENUM);
    private static final Set<AccessFlag> MEMBER_FLAGS =
            EnumSet.of(AccessFlag.PUBLIC, AccessFlag.PROTECTED, AccessFlag.STATIC, AccessFlag.FINAL);
    private static final Set<String> META_ANNOTATIONS =
            Set.of("Ljava/lang/annotation/Retention;", "Ljava/lang/annotation/Target;");

    /**
     * One field, method or constructor.
     *
     * @param flags     visibility, static and final; of interface methods abstract as well
     * @param signature the generic signature, or empty
     * @param detail    a field's constant value, or a method's exceptions: javac copies both into its users
     */
    record Member(Set<AccessFlag> flags, String signature, String detail) {}

    static ClassSurface of(byte[] classFile) {
        ClassModel model = ClassFile.of().parse(classFile);
        Map<String, Member> members = new TreeMap<>();
        List<String> enumConstants = model.fields().stream()
                .filter(field -> field.flags().has(AccessFlag.ENUM))
                .map(field -> field.fieldName().stringValue())
                .toList();
        boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
        for (FieldModel field : model.fields()) {
            if (isVisible(field.flags().flags())) {
                members.put(
                        key(field.fieldName().stringValue(), field.fieldType().stringValue()), of(field));
            }
        }
        for (MethodModel method : model.methods()) {
            if (isVisible(method.flags().flags())) {
                String key = key(
                        method.methodName().stringValue(), method.methodType().stringValue());
                members.put(key, of(method, isInterface));
            }
        }
        return new ClassSurface(
                model.thisClass().asInternalName(),
                kept(model.flags().flags(), CLASS_FLAGS),
                model.superclass().map(ClassEntry::asInternalName).orElse(""),
                model.interfaces().stream().map(ClassEntry::asInternalName).toList(),
                members,
                enumConstants,
                metaAnnotations(model));
    }

    boolean isPublic() {
        return flags.contains(AccessFlag.PUBLIC);
    }

    private static Member of(FieldModel field) {
        return new Member(
                kept(field.flags().flags(), MEMBER_FLAGS),
                field.findAttribute(Attributes.signature())
                        .map(ClassSurface::text)
                        .orElse(""),
                field.findAttribute(Attributes.constantValue())
                        .map(ConstantValueAttribute::constant)
                        .map(constant -> "= " + constant.constantValue())
                        .orElse(""));
    }

    private static Member of(MethodModel method, boolean ofInterface) {
        Set<AccessFlag> flags = kept(method.flags().flags(), MEMBER_FLAGS);
        if (ofInterface && method.flags().has(AccessFlag.ABSTRACT)) {
            flags.add(AccessFlag.ABSTRACT);
        }
        return new Member(
                flags,
                method.findAttribute(Attributes.signature())
                        .map(ClassSurface::text)
                        .orElse(""),
                method.findAttribute(Attributes.exceptions())
                        .map(ExceptionsAttribute::exceptions)
                        .map(thrown -> "throws "
                                + thrown.stream()
                                        .map(ClassEntry::asInternalName)
                                        .toList())
                        .orElse(""));
    }

    private static String text(SignatureAttribute attribute) {
        return attribute.signature().stringValue();
    }

    private static String key(String name, String descriptor) {
        return descriptor.startsWith("(") ? name + descriptor : name + " " + descriptor;
    }

    private static boolean isVisible(Set<AccessFlag> flags) {
        return (flags.contains(AccessFlag.PUBLIC) || flags.contains(AccessFlag.PROTECTED))
                && !flags.contains(AccessFlag.SYNTHETIC);
    }

    private static Set<AccessFlag> kept(Set<AccessFlag> flags, Set<AccessFlag> compared) {
        Set<AccessFlag> kept = EnumSet.copyOf(compared);
        kept.retainAll(flags);
        return kept;
    }

    private static List<String> metaAnnotations(ClassModel model) {
        Set<String> found = new TreeSet<>();
        model
                .findAttribute(Attributes.runtimeVisibleAnnotations())
                .map(RuntimeVisibleAnnotationsAttribute::annotations)
                .orElse(List.of())
                .stream()
                .filter(annotation ->
                        META_ANNOTATIONS.contains(annotation.className().stringValue()))
                .map(ClassSurface::text)
                .forEach(found::add);
        return List.copyOf(found);
    }

    private static String text(Annotation annotation) {
        return annotation.className().stringValue()
                + annotation.elements().stream()
                        .map(AnnotationElement::value)
                        .map(Object::toString)
                        .toList();
    }
}
