package dev.sirocco.runtime.llvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.cache.CacheFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlvmLibraryTest {
    @TempDir
    private Path folder;

    @Test
    void aMissingFileIsAReason() {
        Path missing = folder.resolve("libNothing.so");
        LlvmLibrary.Absent absent = assertInstanceOf(LlvmLibrary.Absent.class, LlvmLibrary.open(missing));
        assertTrue(absent.reason().contains(missing.toString()), absent::reason);
    }

    @Test
    void aFileThatIsNoLibraryIsAReason() throws IOException {
        Path text = Files.writeString(folder.resolve("libText.so"), "not a library, however long this text may be");
        LlvmLibrary.Absent absent = assertInstanceOf(LlvmLibrary.Absent.class, LlvmLibrary.open(text));
        assertTrue(absent.reason().startsWith("LLVM cannot be loaded: " + text), absent::reason);
    }

    @Test
    void aPlatformWithoutALibraryIsAReasonWithARemedy() {
        IOException missing = assertThrows(IOException.class, () -> LibraryFile.find("20", "amiga-m68k", folder));
        assertTrue(missing.getMessage().contains("org/bytedeco/llvm/amiga-m68k/"), missing::getMessage);
        assertTrue(missing.getMessage().contains("-Dsirocco.llvm"), missing::getMessage);
    }

    @Test
    void anUnpackedLibraryIsTakenAsItIs() throws IOException {
        Path unpacked = folder.resolve("llvm-20-amiga-m68k").resolve(System.mapLibraryName("LLVM"));
        CacheFolder.write(unpacked, new ByteArrayInputStream(new byte[] {1}));
        assertEquals(unpacked, LibraryFile.find("20", "amiga-m68k", folder));
    }

    @Test
    void theVersionIsTheOneThatWeBuildWith() {
        HostCompiler host =
                assertInstanceOf(LlvmLibrary.Present.class, LlvmLibrary.get()).host();
        assertTrue(host.version().startsWith("20."), host::version);
    }
}
