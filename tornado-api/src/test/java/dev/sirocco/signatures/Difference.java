package dev.sirocco.signatures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How one API falls short of being a part of another. Every difference is one line, {@code class: what}, and a list of
 * accepted lines can explain what is not there.
 */
final class Difference {
    private final Map<String, ClassSurface> theirs;
    private final List<String> lines = new ArrayList<>();
    private int comparedClasses;
    private int comparedMembers;

    private Difference(Map<String, ClassSurface> theirs) {
        this.theirs = theirs;
    }

    /** Compares every public class of ours with theirs. What only they have is no difference. */
    static Difference of(Map<String, ClassSurface> ours, Map<String, ClassSurface> theirs) {
        Difference difference = new Difference(theirs);
        for (ClassSurface our : new TreeMap<>(ours).values()) {
            if (our.isPublic()) {
                ClassSurface their = theirs.get(our.name());
                if (their == null) {
                    difference.missing(our);
                } else {
                    difference.compare(our, their);
                }
            }
        }
        return difference;
    }

    List<String> lines() {
        return lines;
    }

    int comparedClasses() {
        return comparedClasses;
    }

    int comparedMembers() {
        return comparedMembers;
    }

    private void missing(ClassSurface our) {
        lines.add(our.name() + ": class is not there");
        our.interfaces().forEach(implemented -> lines.add(our.name() + ": implements " + implemented));
        our.members().keySet().forEach(key -> lines.add(our.name() + ": " + key + " is not there"));
    }

    private void compare(ClassSurface our, ClassSurface their) {
        comparedClasses++;
        differ(our, "flags", our.flags(), their.flags());
        differ(our, "superclass", our.superName(), their.superName());
        differ(our, "annotations", our.annotations(), their.annotations());
        our.interfaces().stream()
                .filter(implemented -> !their.interfaces().contains(implemented))
                .forEach(implemented -> lines.add(our.name() + ": implements " + implemented));

        List<String> known = new ArrayList<>(our.enumConstants());
        known.retainAll(their.enumConstants());
        List<String> same = new ArrayList<>(their.enumConstants());
        same.retainAll(known);
        differ(our, "order of enum constants", known, same);

        for (String key : new TreeSet<>(our.members().keySet())) {
            ClassSurface.Member ourMember = our.members().get(key);
            ClassSurface.Member theirMember = inherited(their, key);
            if (theirMember == null) {
                lines.add(our.name() + ": " + key + " is not there");
            } else {
                comparedMembers++;
                differ(our, "flags of " + key, ourMember.flags(), theirMember.flags());
                differ(our, "generic signature of " + key, ourMember.signature(), theirMember.signature());
                differ(our, "constant or exceptions of " + key, ourMember.detail(), theirMember.detail());
            }
        }
    }

    /** {@return a member that the class or one of its superclasses declares, as a call would find it} */
    private ClassSurface.Member inherited(ClassSurface declaring, String key) {
        for (ClassSurface at = declaring; at != null; at = theirs.get(at.superName())) {
            if (at.members().containsKey(key)) {
                return at.members().get(key);
            }
            if (key.startsWith("<init>")) {
                return null;
            }
        }
        return null;
    }

    private void differ(ClassSurface our, String what, Object ours, Object published) {
        if (!ours.equals(published)) {
            lines.add("%s: %s is %s, there %s".formatted(our.name(), what, ours, published));
        }
    }
}
