package dev.sirocco.benchmarks.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sirocco.benchmarks.environment.Environment;
import dev.sirocco.runtime.Devices;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KernelReportTest {
    private final KernelResult result =
            new KernelResult("matvec", 4_000_000, 8_000_000, 3, 0.5, List.of(100_000.0, 300_000.0));

    private final KernelReport report =
            new KernelReport(Environment.of(Devices.installed().find("reference")), 40, List.of(result));

    @Test
    void writesJsonWithTheEnvironment() throws Exception {
        JsonNode json = new ObjectMapper().readTree(report.json());
        for (String field : List.of("commit", "jdk", "os", "cpu", "driver", "device", "time")) {
            assertTrue(json.get(field).asText().length() > 2, field);
        }
        assertTrue(json.get("device").asText().startsWith("reference: "));
        JsonNode row = json.get("results").get(0);
        assertEquals(200_000, row.get("avg_ns").asDouble());
        assertEquals(141_421.356, row.get("stddev_ns").asDouble(), 0.001);
        assertEquals(20, row.get("gb_s").asDouble());
        assertEquals(40, row.get("gflop_s").asDouble());
    }

    @Test
    void writesATableWithOneRowAKernel() {
        String text = report.markdown();
        assertTrue(text.contains("read bandwidth 40.0 GB/s"), text);
        assertTrue(text.contains("200.00 ± 141.42 |    20.00 |    40.00 |"), text);
    }
}
