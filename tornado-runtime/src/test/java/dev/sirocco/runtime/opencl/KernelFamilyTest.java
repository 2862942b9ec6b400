package dev.sirocco.runtime.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.driver.KernelFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelFamilyTest {
    private static KernelSource kernel(String text, boolean loopNest) {
        return new KernelSource("Kernels.f", "f", KernelFormat.OPENCL_C, text, "", loopNest);
    }

    /** A kernel as the emitter writes it. */
    private static KernelSource kernel(int group, int rows, int columns) {
        return kernel(
                """
                // kernel Kernels.f
                static int twice(int x) { return 2 * x; }

                __kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
                void f(
                        __global float *restrict out,
                        __global const char *restrict x) {
                    int row = (int) get_global_id(0); // line 12
                    if (row < ROWS) {
                        float sums[4] = {0};
                        float scale = vload4(0, x + row * COLUMNS).s0 * 1.5e-7f;
                        out[row] = scale + min(row, ROWS) * COLUMNS;
                    }
                }
                """.replace("GROUP", "" + group).replace("ROWS", "" + rows).replace("COLUMNS", "" + columns), true);
    }

    /** {@return a family's text with the parameters replaced by a source's integers, as far as it is not the head} */
    private static String written(KernelFamily family, KernelSource source) {
        String text = family.text();
        List<Integer> sizes = family.sizes(source);
        for (int i = 0; i < sizes.size(); i++) {
            text = text.replace(",\n        const int joint_size_" + i, "")
                    .replace("joint_size_" + i, "" + sizes.get(i));
        }
        return text.replaceFirst(
                "reqd_work_group_size\\(\\d+",
                source.text()
                        .substring(source.text().indexOf("reqd"), source.text().indexOf(", 1, 1)")));
    }

    @Test
    void differingIntegersBecomeParametersAndAllElseStays() {
        List<KernelSource> sources = List.of(kernel(64, 1000, 24), kernel(16, 1000, 8), kernel(32, 7, 24));
        List<KernelFamily> families = KernelFamily.of(sources);
        assertEquals(1, families.size());
        KernelFamily family = families.getFirst();
        assertEquals(sources, family.sources());
        assertEquals(List.of(1000, 8), family.sizes(sources.get(1)));
        assertEquals(List.of(16L, 1L, 1L), family.group());
        assertTrue(family.text().contains("reqd_work_group_size(16, 1, 1)"), family::text);
        assertTrue(family.text().contains("""
                        __global const char *restrict x,
                        const int joint_size_0,
                        const int joint_size_1) {
                """.indent(-16).indent(8).stripTrailing()), family::text);
        assertTrue(family.text().contains("float sums[4] = {0};"), family::text);
        for (KernelSource source : sources) {
            assertEquals(source.text(), written(family, source));
        }
    }

    @Test
    void oneKernelAloneIsAsItWas() {
        KernelSource alone = kernel(8, 5, 6);
        KernelFamily family = KernelFamily.of(List.of(alone)).getFirst();
        assertEquals(alone.text(), family.text());
        assertEquals(List.of(), family.sizes(alone));
        assertEquals(List.of(8L, 1L, 1L), family.group());
    }

    @Test
    void whatCWantsToBeConstantTellsKernelsApart() {
        for (String body : List.of(
                "float a[N] = {0};",
                "switch (x[0]) { case N: x[1] = 2; }",
                "x[0] = v.sN;",
                "f[0] = 1.0E-N;",
                "f[0] = N.5f;",
                "f[0] = 0.Nf;",
                "x[0] = 100000000N;",
                "x[0] = xN;",
                "x[0] = NL;")) {
            KernelSource one = kernel("__kernel void f(__global int *x) { " + body.replace("N", "3") + " }", true);
            KernelSource other = kernel("__kernel void f(__global int *x) { " + body.replace("N", "5") + " }", true);
            assertEquals(2, KernelFamily.of(List.of(one, other)).size(), body);
        }
    }

    @Test
    void groupsThatWorkTogetherKeepTheirSize() {
        KernelSource one = kernel(kernel(64, 1000, 24).text(), false);
        KernelSource other = kernel(kernel(32, 1000, 24).text(), false);
        KernelSource more = kernel(kernel(64, 500, 24).text(), false);
        List<KernelFamily> families = KernelFamily.of(List.of(one, other, more));
        assertEquals(
                List.of(List.of(one, more), List.of(other)),
                families.stream().map(KernelFamily::sources).toList());
        assertEquals(List.of(), families.getFirst().group());
        assertTrue(families.getFirst().text().contains("reqd_work_group_size(64, 1, 1)"));
    }

    /** A kernel that stores a value, as the emitter writes it. */
    private static KernelSource storing(String value, int size) {
        return kernel("""
                __kernel __attribute__((reqd_work_group_size(8, 1, 1)))
                void f(
                        __global float *restrict out) {
                    int i = (int) get_global_id(0); // line 1
                    float sum = i * SIZE;
                    if (i < SIZE) {
                        out[i + 1] = VALUE; // line 2
                        out[i] = sum;
                    }
                }
                """.replace("VALUE", value).replace("SIZE", "" + size), true);
    }

    @Test
    void kernelsThatStoreOtherValuesAreOneWithTheValuesOfAll() {
        List<KernelSource> sources = List.of(
                storing("sum", 100),
                storing("out[i + 1] + sum * 3", 100),
                storing("sum", 200),
                storing("out[i + 1] + sum * 4", 300));
        List<KernelFamily> families = KernelFamily.of(sources);
        assertEquals(1, families.size());
        KernelFamily family = families.getFirst();
        assertTrue(family.text().contains("""
                float sum = i * joint_size_0;
                    if (i < joint_size_0) {
                        if (joint_size_1 == 0) out[i + 1] = sum; else out[i + 1] = out[i + 1] + sum * joint_size_2; // line 2
                        out[i] = sum;
                """), family::text);
        assertEquals(
                List.of(List.of(100, 0, 3), List.of(100, 1, 3), List.of(200, 0, 3), List.of(300, 1, 4)),
                sources.stream().map(family::sizes).toList());
    }

    @Test
    void threeValuesAreChosenFrom() {
        List<KernelSource> sources =
                List.of(storing("sum", 9), storing("-sum", 9), storing("1.5f", 9), storing("-sum", 9));
        KernelFamily family = KernelFamily.of(sources).getFirst();
        assertTrue(
                family.text()
                        .contains("if (joint_size_0 == 0) out[i + 1] = sum; else if (joint_size_0 == 1)"
                                + " out[i + 1] = -sum; else out[i + 1] = 1.5f; // line 2\n"),
                family::text);
        assertEquals(
                List.of(0, 1, 2),
                family.sources().stream().map(family::sizes).map(List::getFirst).toList());
    }

    @Test
    void whatIsStoredWhereAndWhatIsDeclaredTellsKernelsApart() {
        KernelSource kernel = storing("sum", 9);
        for (String other : List.of("out[i + 1] = sum", "out[i] = sum", "float sum = i")) {
            KernelSource changed = kernel(kernel.text().replace(other, other.replace("i", "(i & 1)")), true);
            assertEquals(2, KernelFamily.of(List.of(kernel, changed)).size(), other);
        }
    }

    @Test
    void helpersAndOtherTextsTellKernelsApart() {
        KernelSource kernel = kernel(8, 5, 6);
        KernelSource helper = kernel(kernel.text().replace("2 * x", "3 * x"), true);
        KernelSource operator = kernel(kernel.text().replace("x + row", "x - row"), true);
        assertEquals(3, KernelFamily.of(List.of(kernel, helper, operator)).size());
        assertFalse(KernelFamily.of(List.of(kernel)).getFirst().text().contains("joint_size"));
    }
}
