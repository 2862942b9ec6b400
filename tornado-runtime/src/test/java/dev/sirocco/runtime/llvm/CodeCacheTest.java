package dev.sirocco.runtime.llvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sirocco.runtime.cache.KeptFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeCacheTest {
    private static final String IR = "define i64 @seven() {\n  ret i64 7\n}\n";

    @TempDir
    private Path folder;

    @Test
    void aSecondProcessTakesTheObjectAndRewritesADamagedOne() throws IOException {
        HostCompiler compiler =
                assertInstanceOf(LlvmLibrary.Present.class, LlvmLibrary.get()).host();
        CodeCache first = new CodeCache(compiler, new KeptFiles(folder));
        assertEquals(7, NativeCall.call(first.get(IR, "seven", null).get(), 0, 0, 0));
        List<Path> kept;
        try (Stream<Path> files = Files.list(folder)) {
            kept = files.toList();
        }
        assertEquals(1, kept.size());
        byte[] object = Files.readAllBytes(kept.getFirst());
        Files.write(kept.getFirst(), new byte[100]);
        HostCompiler other = HostCompiler.create(compiler.llvm());
        CodeCache second = new CodeCache(other, new KeptFiles(folder));
        assertEquals(7, NativeCall.call(second.get(IR, "seven", null).get(), 0, 0, 0));
        assertArrayEquals(object, Files.readAllBytes(kept.getFirst()));
    }
}
