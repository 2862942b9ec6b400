package dev.sirocco.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class MeasureQualityTest {
    private static final Path FOLDER = Path.of("..", "model", "pretrained", "wordnet");

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int run(String... types) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(errors, true));
        List<String> options = List.of(
                "quality",
                "-m",
                FOLDER.resolve("wordnet.Q8_0.gguf").toString(),
                "-f",
                FOLDER.resolve("heldout.txt").toString(),
                "--lines",
                "2");
        return command.execute(
                Stream.concat(options.stream(), List.of(types).stream()).toArray(String[]::new));
    }

    @Test
    void fewerBitsLoseMoreAndEightLoseNothingOfAModelThatHasEight() {
        assertEquals(0, run("Q8_0", "Q5_0", "Q2_K"), errors::toString);
        List<String[]> rows = out.toString()
                .lines()
                .skip(3)
                .map(line -> line.split(" *\\| *"))
                .toList();
        assertEquals(
                List.of("`Q8_0`", "`Q5_0`", "`Q2_K`"),
                rows.stream().map(row -> row[1]).toList());
        for (int column : new int[] {2, 4}) {
            double none = Double.parseDouble(rows.get(0)[column]);
            double some = Double.parseDouble(rows.get(1)[column]);
            double much = Double.parseDouble(rows.get(2)[column]);
            assertTrue(none < 0.0005 && none < some && some < much, out::toString);
        }
    }

    @Test
    void namesATypeThatThereIsNot() {
        assertEquals(2, run("q9"));
        assertTrue(errors.toString().contains("q9"), errors::toString);
    }

    @Test
    void ordersNeedSomethingToCompareWith() {
        assertEquals(2, run("Q8_0", "--orders", "2"));
        assertTrue(errors.toString().contains("--orders compares with llama.cpp"), errors::toString);
        assertEquals(2, run("Q8_0", "--orders", "0"));
    }

    @Test
    void namesALibraryThatIsNotThere() {
        assertEquals(2, run("Q8_0", "--llama", "/absent"));
        assertTrue(errors.toString().contains("cannot read /absent"), errors::toString);
    }

    @Test
    void namesALibraryOfSomethingElse() {
        String other = FOLDER.resolve("heldout.txt").toString();
        assertEquals(1, run("Q8_0", "--llama", other));
        assertTrue(errors.toString().startsWith("benchmarks quality: " + other + " is not"), errors::toString);
        assertEquals(1, errors.toString().lines().count(), errors::toString);
    }

    @Test
    void namesADeviceThatThereIsNot() {
        assertEquals(1, run("Q8_0", "--device", "abacus"));
        assertTrue(errors.toString().contains("'abacus'"), errors::toString);
        assertEquals(1, errors.toString().lines().count(), errors::toString);
    }
}
