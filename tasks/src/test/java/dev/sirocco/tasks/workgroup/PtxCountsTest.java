package dev.sirocco.tasks.workgroup;

import static dev.sirocco.tasks.Samples.poisoned;
import static dev.sirocco.tasks.Samples.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.runtime.ptx.PtxCard;
import dev.sirocco.runtime.ptx.PtxCounts;
import dev.sirocco.tasks.matmul.EncodedMatrix;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.testing.TestedDevices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What matrix-vector products ask of an NVIDIA multiprocessor for each byte of weights, counted while the virtual card
 * carries out their PTX, with the groups of the NVIDIA profiles and rows as long as those of 7B: as recorded. After a
 * change that is meant, {@code -Dsirocco.golden=write} writes the table anew.
 */
class PtxCountsTest {
    private static final Path TABLE = Path.of("src/test/resources/dev/sirocco/tasks/workgroup/ptx-counts.txt");
    private static final String HEAD = "# format bytes instructions lines turns bytes-by-lines bytes-by-instructions";
    private static final VectorProducts GROUPS = new VectorProducts(128, 4);
    private static final int ROWS = 16;
    private static final int COLUMNS = 4096;

    /** Instructions of warps that a multiprocessor begins in a cycle. */
    private static final int ISSUED = 4;

    @Test
    void productsAskForWhatIsRecorded() throws IOException {
        List<String> table = new ArrayList<>(List.of(HEAD));
        for (WeightFormat format : WeightFormat.values()) {
            EncodedMatrix matrix = EncodedMatrix.random("w", format, ROWS, COLUMNS, 1, 5);
            GroupInput plain = GroupInput.allocate(1, COLUMNS);
            table.add(line(format.toString(), matrix, plain));
            GroupInput strips = plain.inStripsFor(matrix.tensor());
            if (strips.layout() != plain.layout()) {
                table.add(line(format + "/strips", matrix, strips));
            }
        }
        if (System.getProperty("sirocco.golden", "").equals("write")) {
            Files.createDirectories(TABLE.getParent());
            Files.write(TABLE, table);
        }
        assertEquals(String.join("\n", Files.readAllLines(TABLE)), String.join("\n", table));
    }

    private static String line(String name, EncodedMatrix matrix, GroupInput x) {
        FloatArray out = poisoned(ROWS);
        List<Object> arrays = new ArrayList<>(x.arrays());
        arrays.addAll(List.of(matrix.tensor().data(), out));
        PtxCard.takeCounts();
        new GroupRunner(TestedDevices.find("hosted:ptx"))
                .run(step(5, 1, 0), 1, arrays, graph -> GROUPS.add(graph, "product", matrix.tensor(), x, out, false));
        Map<String, PtxCounts> counts = PtxCard.takeCounts();
        assertEquals(1, counts.size(), counts::toString);
        PtxCounts count = counts.values().iterator().next();
        long bytes = matrix.tensor().format().sizeBytes(ROWS, COLUMNS);
        return "%s %d %d %d %d %.1f %.1f"
                .formatted(
                        name,
                        bytes,
                        count.instructions(),
                        count.lines(),
                        count.turns(),
                        (double) bytes / count.lines(),
                        (double) bytes * ISSUED / count.instructions());
    }
}
