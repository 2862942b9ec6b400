package dev.sirocco.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelTableTest {
    private static GgufTensor matrix(String name, long columns, long rows) {
        return new GgufTensor(name, GgmlType.F32, List.of(columns, rows), 0, 4 * columns * rows);
    }

    @Test
    void countsTheBytesOfATaskInAllLayersAndSortsByTime() {
        List<GgufTensor> tensors = List.of(
                matrix("token_embd.weight", 1000, 500),
                matrix("blk.0.ffn_down.weight", 1000, 1000),
                matrix("blk.1.ffn_down.weight", 1000, 1000));
        Map<String, Long> nanos = Map.of("down", 4_000_000L, "output", 1_000_000L, "rotate", 5_000L);
        assertEquals("""

                | t                                |         µs |  of all |    MB read |     GB/s |   of read |   of copy |
                | -------------------------------- | ---------: | ------: | ---------: | -------: | --------: | --------: |
                | down                             |     2000.0 |  79.9 % |        8.0 |      4.0 |      40 % |      50 % |
                | output                           |      500.0 |  20.0 % |        2.0 |      4.0 |      40 % |      50 % |
                | rotate                           |        2.5 |   0.1 % |          - |        - |         - |         - |
                | all kernels                      |     2502.5 | 100.0 % |          - |        - |         - |         - |

                Read alone: 10.0 GB/s; copy, read and written: 8.0 GB/s.
                """, new KernelTable(tensors, nanos, 2, new DeviceBandwidth(10, 8)).markdown("t"));
    }
}
