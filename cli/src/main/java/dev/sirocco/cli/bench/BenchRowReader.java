package dev.sirocco.cli.bench;

import dev.sirocco.model.json.Json;
import dev.sirocco.model.json.JsonException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** Reads rows back that another process of this program wrote as JSON lines. */
public final class BenchRowReader {
    private BenchRowReader() {}

    /**
     * {@return the row of a line}
     *
     * @throws JsonException            when the line is not JSON
     * @throws IllegalArgumentException when it is no row
     */
    public static BenchRow read(String line) {
        Json row = Json.parse(line);
        try {
            List<Long> samples = member(row, "samples_ns").elements().stream()
                    .map(sample -> sample.integer().orElseThrow(() -> notARow("samples_ns")))
                    .toList();
            return new BenchRow(
                    text(row, "model"),
                    text(row, "model_filename"),
                    integer(row, "model_size"),
                    integer(row, "n_params"),
                    integer(row, "token_bytes"),
                    new BenchDevice(
                            text(row, "backend"),
                            text(row, "device"),
                            text(row, "device_name"),
                            Math.toIntExact(integer(row, "n_threads")),
                            new DeviceBandwidth(real(row, "device_gb_s"), real(row, "device_copy_gb_s")),
                            integer(row, "compile_ns"),
                            integer(row, "load_ns")),
                    Math.toIntExact(integer(row, "n_prompt")),
                    Math.toIntExact(integer(row, "n_gen")),
                    Math.toIntExact(integer(row, "n_depth")),
                    Instant.parse(text(row, "test_time")),
                    samples);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("a row's " + e.getMessage(), e);
        }
    }

    private static Json member(Json row, String name) {
        return row.find(name).orElseThrow(() -> notARow(name));
    }

    private static String text(Json row, String name) {
        return member(row, name).text().orElseThrow(() -> notARow(name));
    }

    private static long integer(Json row, String name) {
        return member(row, name).integer().orElseThrow(() -> notARow(name));
    }

    private static double real(Json row, String name) {
        return member(row, name) instanceof Json.Number(String literal) ? Double.parseDouble(literal) : 0;
    }

    private static IllegalArgumentException notARow(String name) {
        return new IllegalArgumentException("a row has no " + name);
    }
}
