package dev.sirocco.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One profile file: which devices it is about, and the settings that it gives. What it leaves out is left to more
 * general profiles.
 *
 * @param name   of the profile
 * @param driver the devices' driver, empty for any
 * @param device found somewhere in the devices' names, empty for any
 */
record ProfileLayer(
        String name,
        Optional<String> driver,
        Optional<Pattern> device,
        Optional<Integer> prefillChunk,
        Optional<Double> memoryShare) {

    boolean matches(String driverName, String deviceName) {
        return driver.map(driverName::equals).orElse(true)
                && device.map(pattern -> pattern.matcher(deviceName).find()).orElse(true);
    }
}
