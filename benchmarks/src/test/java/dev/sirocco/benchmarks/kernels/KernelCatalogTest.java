package dev.sirocco.benchmarks.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KernelCatalogTest {
    private final KernelCatalog catalog = new KernelCatalog();

    @Test
    void namesEachCaseOnce() {
        List<String> names = catalog.names();
        assertEquals(names.size(), new HashSet<>(names).size());
        assertThrows(IllegalArgumentException.class, () -> catalog.find("matvec"));
    }

    @Test
    void leavesKernelsWithBarriersOutWhereTheyDoNotRun() {
        assertTrue(catalog.names("opencl:0").contains("group-matvec/Q8_0/4096x4096"));
        assertTrue(catalog.names("opencl:0").contains("group-gated-strips/Q4_0/14336x4096"));
        assertTrue(catalog.names("cpu").stream().noneMatch(name -> name.startsWith("group-")));
    }

    @Test
    void countsBytesAndOperationsOfAProduct() {
        KernelCase vector = catalog.find("matvec/Q8_0/14336x4096");
        assertEquals(2L * 14336 * 4096, vector.operations());
        long weights = 14336L * 4096 / 32 * 34;
        assertEquals(weights, vector.weightBytes());
        assertEquals(weights + 4096 + 128 * 4 + 14336 * 4, vector.bytes());
        KernelCase matrix = catalog.find("matmat/F32/1024x4096x128");
        assertEquals(128L * 2 * 1024 * 4096, matrix.operations());
        assertEquals(4L * (1024 * 4096 + 128 * 4096 + 128 * 1024), matrix.bytes());
    }

    @Test
    void usesMoreWeightsThanFitACache() {
        for (String name : catalog.names()) {
            KernelCase kernel = catalog.find(name);
            if (kernel.weightBytes() > 0) {
                assertTrue(kernel.tasks() * kernel.weightBytes() >= 128L << 20, name);
            }
        }
    }
}
