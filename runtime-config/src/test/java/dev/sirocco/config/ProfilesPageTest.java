package dev.sirocco.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that tells users about profiles. */
final class ProfilesPageTest {
    @TempDir
    private Path folder;

    private static String page() throws IOException {
        return Files.readString(Path.of(System.getProperty("sirocco.home"), "docs/device-profiles.md"));
    }

    private static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void theTableHasTheKeysThatAProfileMayHave() throws IOException {
        Set<String> documented = new TreeSet<>(all(Pattern.compile("(?m)^\\| `([a-z_.]+)` \\|"), page()));
        Set<String> keys = new TreeSet<>(Set.of("profile"));
        ProfileReader.MATCHES.forEach(key -> keys.add("match." + key));
        ProfileKey.ALL.forEach(key -> keys.add(key.name()));
        assertEquals(keys, documented);
    }

    @Test
    void itsExamplesAreSoundProfiles() throws IOException {
        List<String> examples = all(Pattern.compile("(?s)```yaml\n(.*?)```"), page());
        assertFalse(examples.isEmpty());
        for (int i = 0; i < examples.size(); i++) {
            Files.writeString(folder.resolve(i + ".yaml"), examples.get(i));
        }
        DeviceProfile profile = ProfileCatalog.load(folder, Optional.empty())
                .forDevice(new DeviceTraits("cpu", "cpu", "LLVM", "AuthenticAMD", "AMD EPYC (znver4) (LLVM 20.1.7)"));
        assertEquals(64, profile.prefillChunk());
        assertEquals(0.5, profile.memoryShare());
    }
}
