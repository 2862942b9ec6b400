package dev.sirocco.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.gguf.GgufFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class MakeModelTest {
    @TempDir
    private Path folder;

    private final StringWriter errors = new StringWriter();

    private int run(String... options) {
        List<String> arguments = new ArrayList<>(List.of("make-model"));
        arguments.addAll(List.of(options));
        CommandLine command = Main.commandLine();
        command.setErr(new PrintWriter(errors, true));
        return command.execute(arguments.toArray(String[]::new));
    }

    @Test
    void changesTheFieldsOfAPresetThatOptionsName() {
        Path file = folder.resolve("m.gguf");
        assertEquals(
                0, run("-o", file.toString(), "--type", "q4_0", "--layers", "1", "--vocab", "400"), errors::toString);
        try (GgufFile model = GgufFile.open(file)) {
            assertEquals(1, model.metadata().getInt("llama.block_count"));
            assertEquals(64, model.metadata().getInt("llama.embedding_length"));
            assertEquals(
                    400, model.metadata().getStrings("tokenizer.ggml.tokens").size());
        }
    }

    @Test
    void saysInOneLineWhatIsWrongWithTheOptions() {
        String file = folder.resolve("m.gguf").toString();
        assertEquals(2, run("-o", file, "--preset", "70b"));
        assertEquals(2, run("-o", file, "--heads", "3", "--kv-heads", "2"));
        assertEquals(2, run("-o", file, "--dim", "33"));
        assertEquals(2, run("-o", file, "--type", "Q9"));
        assertEquals(2, run());
        assertEquals(5, errors.toString().lines().count(), errors::toString);
    }

    @Test
    void failsWithoutAStackTraceWhereItCannotWrite() {
        assertEquals(1, run("-o", folder.resolve("none/m.gguf").toString()));
        assertTrue(errors.toString().contains("none/m.gguf"), errors::toString);
        assertFalse(errors.toString().contains("\tat "), errors::toString);
    }
}
