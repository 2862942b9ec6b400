package dev.sirocco.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MeasureLaunchesTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    @Test
    void printsARowForEachDeviceAndKernel() {
        assertEquals(0, run("launches", "--device", "cpu,reference", "--tasks", "3", "-r", "5"), err::toString);
        String text = out.toString();
        assertEquals(6, text.lines().filter(line -> line.startsWith("|")).count(), text);
        assertTrue(text.contains("| cpu | empty | "), text);
        assertTrue(text.contains("| reference | tiny | "), text);
    }

    @Test
    void refusesADeviceThatIsNotThere() {
        assertEquals(2, run("launches", "--device", "cpu:9"));
        assertTrue(err.toString().contains("cpu:9"), err::toString);
    }
}
