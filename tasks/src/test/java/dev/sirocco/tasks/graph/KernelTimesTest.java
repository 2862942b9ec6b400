package dev.sirocco.tasks.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelTimesTest {
    @Test
    void sumsTasksOfEqualNamesOverGraphs() {
        Map<String, Long> sums = new HashMap<>();
        KernelTimes.addTo(sums, """
                {
                    "decode_layer0": {
                        "TOTAL_KERNEL_TIME": "30",
                        "decode_layer0.gate": {
                            "BACKEND": "OPENCL",
                            "METHOD": "Q8Product.q8MatrixVector",
                            "TASK_KERNEL_TIME": "10"
                        },
                        "decode_layer0.up": {
                            "METHOD": "Q8Product.q8MatrixVector",
                            "TASK_KERNEL_TIME": "20"
                        }
                    }
                }""");
        KernelTimes.addTo(sums, "{\"decode_layer1\": {\"decode_layer1.gate\": {\"TASK_KERNEL_TIME\" : 5}}}");
        KernelTimes times = new KernelTimes(sums);
        assertEquals(Map.of("gate", 15L, "up", 20L), times.nanos());
        assertEquals(35, times.totalNanos());
    }

    @Test
    void knowsNoTimesWithoutAProfile() {
        Map<String, Long> sums = new HashMap<>();
        KernelTimes.addTo(sums, "{}");
        assertEquals(0, new KernelTimes(sums).totalNanos());
    }
}
