package dev.sirocco.runtime.ptx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The only kernel of a PTX text.
 *
 * @param parameters   how many pointers it takes
 * @param groupSize    the threads along each axis that it is made for
 * @param sharedBytes  memory of a group
 * @param localBytes   memory of a thread
 * @param isShared     for each byte of a group's memory, whether it belongs to an array
 * @param slots        its registers
 * @param instructions in order
 * @param labels       places among them
 */
record PtxModule(
        int parameters,
        List<Integer> groupSize,
        int sharedBytes,
        int localBytes,
        boolean[] isShared,
        PtxSlots slots,
        List<PtxInstruction> instructions,
        Map<String, Integer> labels) {
    /** Between arrays of a group, so that an index past one's end does not find the next one. */
    private static final int GAP = 256;

    private static final Pattern ENTRY = Pattern.compile("\\.visible \\.entry (\\w+)\\((.*?)\\)", Pattern.DOTALL);
    private static final Pattern GROUP = Pattern.compile("\\.reqntid (\\d+), (\\d+), (\\d+)");
    private static final Pattern ARRAY =
            Pattern.compile("\\.(shared|local) \\.align (\\d+) \\.(\\w+) \\s*([\\w$]+)(?:\\[(\\d+)\\])?;");
    private static final Pattern SCRATCH = Pattern.compile("\\.reg \\.\\w+ ([a-z]\\w*)");
    private static final Pattern LABEL = Pattern.compile("^\\s*([$\\w]+):\\s*");
    private static final Pattern GUARD = Pattern.compile("^@(!?)(%\\w+)\\s+");
    private static final Pattern ADDRESS = Pattern.compile("\\[([%\\w$]+)(?:\\+(-?\\d+))?\\]");

    /** {@return the bytes of the smallest access to a kind of memory, at most 8} Such as name none may be to any. */
    int smallestAccess(String space) {
        return instructions.stream()
                .filter(i -> i.name().equals("ld") || i.name().equals("st"))
                .filter(i -> i.has(space) || !i.has("global") && !i.has("shared") && !i.has("local") && !i.has("param"))
                .mapToInt(i -> i.type().bytes())
                .reduce(Long.BYTES, Math::min);
    }

    /**
     * {@return the kernel of a text}
     *
     * @throws PtxFault when it has what the virtual card does not know
     */
    static PtxModule of(byte[] ptx) {
        String text = new String(ptx, StandardCharsets.UTF_8).replaceAll("//[^\n]*", "");
        Matcher entry = ENTRY.matcher(text);
        Matcher group = GROUP.matcher(text);
        if (!entry.find() || !group.find(entry.end())) {
            throw new PtxFault("no kernel with the size of its groups in the text");
        }
        PtxSlots slots = new PtxSlots();
        int sharedBytes = 0;
        int localBytes = 0;
        boolean[] isShared = new boolean[0];
        Matcher array = ARRAY.matcher(text);
        while (array.find()) {
            int length = array.group(5) == null ? 1 : Integer.parseInt(array.group(5));
            int size = Math.multiplyExact(length, PtxType.of(array.group(3)).bytes());
            int alignment = Integer.parseInt(array.group(2));
            if (array.group(1).equals("local")) {
                slots.name(array.group(4), 0);
                localBytes = size;
                continue;
            }
            int start = Math.ceilDiv(sharedBytes + GAP, alignment) * alignment;
            slots.name(array.group(4), start);
            sharedBytes = start + size;
            isShared = Arrays.copyOf(isShared, sharedBytes);
            Arrays.fill(isShared, start, sharedBytes, true);
        }
        int parameters = entry.group(2).isBlank() ? 0 : entry.group(2).split(",").length;
        for (int i = 0; i < parameters; i++) {
            slots.name(entry.group(1) + "_param_" + i, i);
        }
        List<PtxInstruction> instructions = new ArrayList<>();
        Map<String, Integer> labels = new HashMap<>();
        String body = text.substring(text.indexOf('{', group.end()) + 1, text.lastIndexOf('}'));
        for (String statement : body.split(";")) {
            String rest = statement.strip().replaceAll("\\s+", " ").replaceFirst("^(\\{ (?=\\.reg)|\\} ?)+", "");
            for (Matcher label = LABEL.matcher(rest); label.find(); label = LABEL.matcher(rest)) {
                labels.put(label.group(1), instructions.size());
                rest = rest.substring(label.end());
            }
            Matcher scratch = SCRATCH.matcher(rest);
            if (!rest.isEmpty() && !rest.startsWith(".")) {
                instructions.add(instruction(rest, slots));
            } else if (scratch.matches()) {
                slots.declare(scratch.group(1));
            } else if (!rest.isEmpty() && !rest.matches("\\.(reg|shared|local|pragma) .*")) {
                throw new PtxFault("the virtual card does not know " + rest);
            }
        }
        return new PtxModule(
                parameters,
                List.of(
                        Integer.valueOf(group.group(1)),
                        Integer.valueOf(group.group(2)),
                        Integer.valueOf(group.group(3))),
                sharedBytes,
                localBytes,
                isShared,
                slots,
                List.copyOf(instructions),
                Map.copyOf(labels));
    }

    private static PtxInstruction instruction(String text, PtxSlots slots) {
        String rest = text;
        PtxOperand.Slot guard = null;
        boolean negated = false;
        Matcher guarded = GUARD.matcher(rest);
        if (guarded.find()) {
            guard = slots.of(guarded.group(2));
            negated = !guarded.group(1).isEmpty();
            rest = rest.substring(guarded.end());
        }
        int space = rest.indexOf(' ');
        String name = space < 0 ? rest : rest.substring(0, space);
        List<PtxOperand> operands = new ArrayList<>();
        if (space >= 0) {
            for (String operand : rest.substring(space + 1).split(",\\s*(?![^{]*\\})")) {
                operands.add(operand(operand.strip(), name.startsWith("bra"), slots));
            }
        }
        return new PtxInstruction(text, List.of(name.split("\\.")), guard, negated, operands);
    }

    private static PtxOperand operand(String text, boolean isTarget, PtxSlots slots) {
        if (isTarget) {
            return new PtxOperand.Label(text);
        }
        if (text.startsWith("{")) {
            return new PtxOperand.Vector(
                    Arrays.stream(text.substring(1, text.length() - 1).split(","))
                            .map(part -> slots.of(part.strip()))
                            .toList());
        }
        Matcher address = ADDRESS.matcher(text);
        if (address.matches()) {
            long offset = address.group(2) == null ? 0 : Long.parseLong(address.group(2));
            return new PtxOperand.Address(slots.of(address.group(1)), offset);
        }
        return slots.of(text);
    }
}
