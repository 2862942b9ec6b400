package dev.sirocco.runtime.ptx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Places of a warp's registers. The card's own and numbers have places as well, so that all operands are alike. */
final class PtxSlots {
    /** A place whose value does not change. */
    record Constant(int slot, long value) {}

    private static final Pattern REGISTER =
            Pattern.compile("%(?:(?:p|rs|r|rd|f|fd|h|hh)\\d+|SPL?|ctaid\\.[xyz]|tid\\.[xyz])|_");

    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Long> symbols = new HashMap<>();
    private final List<Constant> constants = new ArrayList<>();

    int count() {
        return places.size();
    }

    List<Constant> constants() {
        return List.copyOf(constants);
    }

    /** Names a place in memory. */
    void name(String symbol, long address) {
        symbols.put(symbol, address);
    }

    /** {@return the place of a register, or -1 when the kernel does not name it} */
    int find(String register) {
        return places.getOrDefault(register, -1);
    }

    /** Makes a register whose name is not one that the compiler numbers. */
    void declare(String register) {
        places.putIfAbsent(register, places.size());
    }

    /** {@return the place of a register, a number or a variable's address} */
    PtxOperand.Slot of(String text) {
        Integer place = places.get(text);
        if (place == null) {
            place = places.size();
            places.put(text, place);
            if (!REGISTER.matcher(text).matches()) {
                constants.add(new Constant(place, symbols.containsKey(text) ? symbols.get(text) : number(text)));
            }
        }
        return new PtxOperand.Slot(place);
    }

    private static long number(String text) {
        try {
            if (text.startsWith("0f") || text.startsWith("0d")) {
                return Long.parseUnsignedLong(text.substring(2), 16);
            }
            String plain = text.endsWith("U") ? text.substring(0, text.length() - 1) : text;
            return plain.startsWith("0x") ? Long.parseUnsignedLong(plain.substring(2), 16) : Long.parseLong(plain);
        } catch (NumberFormatException _) {
            throw new PtxFault("neither a number nor a variable: " + text);
        }
    }
}
