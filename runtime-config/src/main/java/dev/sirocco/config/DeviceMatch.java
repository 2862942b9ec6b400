package dev.sirocco.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which devices a profile is about; what is empty matches any. Patterns are found somewhere in the text.
 *
 * @param driver   equal to the device's
 * @param kind     equal to the device's
 * @param platform found in the device's
 * @param vendor   found in the device's
 * @param name     found in the device's
 */
record DeviceMatch(
        Optional<String> driver,
        Optional<String> kind,
        Optional<Pattern> platform,
        Optional<Pattern> vendor,
        Optional<Pattern> name) {
    /** Matches every device. */
    static final DeviceMatch ANY =
            new DeviceMatch(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    boolean matches(DeviceTraits device) {
        return driver.map(device.driver()::equals).orElse(true)
                && kind.map(device.kind()::equals).orElse(true)
                && found(platform, device.platform())
                && found(vendor, device.vendor())
                && found(name, device.name());
    }

    /** {@return whether this asks for nothing but what another asks for too} */
    boolean isImpliedBy(DeviceMatch other) {
        return isImplied(driver, other.driver)
                && isImplied(kind, other.kind)
                && isImplied(text(platform), text(other.platform))
                && isImplied(text(vendor), text(other.vendor))
                && isImplied(text(name), text(other.name));
    }

    private static boolean isImplied(Optional<String> condition, Optional<String> other) {
        return condition.isEmpty() || condition.equals(other);
    }

    private static Optional<String> text(Optional<Pattern> pattern) {
        return pattern.map(Pattern::pattern); // patterns are equal to themselves only
    }

    private static boolean found(Optional<Pattern> pattern, String text) {
        return pattern.map(wanted -> wanted.matcher(text).find()).orElse(true);
    }
}
