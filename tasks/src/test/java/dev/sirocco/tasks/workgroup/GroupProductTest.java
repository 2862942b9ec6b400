package dev.sirocco.tasks.workgroup;

import static dev.sirocco.tasks.Samples.assertNear;
import static dev.sirocco.tasks.Samples.gaussian;
import static dev.sirocco.tasks.Samples.poisoned;
import static dev.sirocco.tasks.Samples.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.tasks.Samples;
import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.attention.KvCache;
import dev.sirocco.tasks.attention.RollingBuffer;
import dev.sirocco.tasks.blocks.BlockStrips;
import dev.sirocco.tasks.float16.Float16;
import dev.sirocco.tasks.matmul.ActivationQuantizer;
import dev.sirocco.tasks.matmul.EncodedMatrix;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.matmul.WeightTensor;
import dev.sirocco.tasks.rope.QueryTemperature;
import dev.sirocco.tasks.rope.Rotary;
import dev.sirocco.tasks.rope.RotaryPairs;
import dev.sirocco.tasks.rope.RotaryScaling;
import dev.sirocco.tasks.rope.RotaryTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Products of work-groups, with the very activations that they get, against sums in fp64. */
@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@MethodSource("dev.sirocco.tasks.workgroup.GroupRunner#all")
class GroupProductTest {
    /** Sizes of groups: as small as can be, more rows than one work-item can write at once would do, and usual ones. */
    private static final List<VectorProducts> SIZES = List.of(
            new VectorProducts(8, 1), new VectorProducts(8, 8), new VectorProducts(16, 4), new VectorProducts(32, 3));

    /** Formats with kernels for several matrices at once. */
    private static final Set<WeightFormat> FUSED = EnumSet.complementOf(EnumSet.of(WeightFormat.BF16));

    /** Formats whose rows can be read in strips. */
    private static final List<WeightFormat> IN_STRIPS =
            List.of(WeightFormat.Q8_0, WeightFormat.Q4_1, WeightFormat.IQ4_NL, WeightFormat.Q4_0);

    @Parameter
    GroupRunner runner;

    /** Rows that leave groups and tiles partly empty, columns that leave parts and lanes without work. */
    Stream<Arguments> shapes() {
        int[][] any = {{1, 1}, {5, 31}, {19, 77}};
        int[][] blocks = {{1, 32}, {5, 96}, {19, 288}};
        int[][] large = {{1, 256}, {5, 768}, {19, 512}};
        return Arrays.stream(WeightFormat.values())
                .flatMap(format -> runner
                        .sizes()
                        .ofMany(Arrays.asList(
                                switch (format.blockSize()) {
                                    case 1 -> any;
                                    case 32 -> blocks;
                                    default -> large;
                                }))
                        .stream()
                        .map(shape -> Arguments.of(format, shape[0], shape[1])));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void vectorMatchesReferenceForSeveralSizesOfGroups(WeightFormat format, int rows, int cols) {
        EncodedMatrix matrix = EncodedMatrix.random("w", format, rows, cols, 1, rows * 1000L + cols);
        GroupInput x = input(1, cols);
        for (VectorProducts sizes : runner.sizes().ofMany(SIZES)) {
            for (boolean accumulate : new boolean[] {false, true}) {
                FloatArray out = accumulate ? gaussian(rows, 8) : poisoned(rows);
                double[] before = accumulate ? Samples.doubles(out) : new double[rows];
                runner.run(
                        step(5, 1, 0),
                        1,
                        arrays(matrix, x, out),
                        graph -> sizes.add(graph, "product", matrix.tensor(), x, out, accumulate));
                assertProduct(matrix, x, out, 1, before, sizes.toString());
            }
        }
    }

    /** Rows that leave groups and lanes without work; a block begins at each of the eight even places of a strip. */
    Stream<Arguments> shapesOfStrips() {
        int[][] shapes = {{1, 256}, {5, 768}, {19, 1280}};
        return IN_STRIPS.stream()
                .flatMap(format -> runner.sizes().ofMany(Arrays.asList(shapes)).stream()
                        .map(shape -> Arguments.of(format, shape[0], shape[1])));
    }

    @ParameterizedTest
    @MethodSource("shapesOfStrips")
    void stripsMatchReferenceForSeveralSizesOfGroups(WeightFormat format, int rows, int cols) {
        EncodedMatrix matrix = EncodedMatrix.random("w", format, rows, cols, 1, rows * 1000L + cols);
        GroupInput plain = input(1, cols);
        GroupInput x = inStrips(plain, matrix);
        for (VectorProducts sizes : runner.sizes().ofMany(SIZES)) {
            for (boolean accumulate : new boolean[] {false, true}) {
                FloatArray out = accumulate ? gaussian(rows, 8) : poisoned(rows);
                double[] before = accumulate ? Samples.doubles(out) : new double[rows];
                runner.run(
                        step(5, 1, 0),
                        1,
                        arrays(matrix, x, out),
                        graph -> sizes.add(graph, "product", matrix.tensor(), x, out, accumulate));
                assertProduct(matrix, plain, out, 1, before, sizes.toString());
            }
        }
    }

    @Test
    void stripsAreForRowsOfWholeStripsInOneFormatThatHasThem() {
        GroupInput x = input(1, 256);
        for (WeightFormat format : WeightFormat.values()) {
            EncodedMatrix matrix = EncodedMatrix.random("w", format, 1, 256, 1, 1);
            assertEquals(
                    IN_STRIPS.contains(format) ? format.code() : BlockStrips.PLAIN,
                    x.inStripsFor(matrix.tensor()).layout(),
                    format.toString());
        }
        WeightTensor q8 =
                EncodedMatrix.random("w", WeightFormat.Q8_0, 1, 256, 1, 1).tensor();
        WeightTensor q4 =
                EncodedMatrix.random("w", WeightFormat.Q4_0, 1, 256, 1, 1).tensor();
        WeightTensor f32 =
                EncodedMatrix.random("w", WeightFormat.F32, 1, 256, 1, 1).tensor();
        assertEquals(BlockStrips.PLAIN, x.inStripsFor(q8, q4).layout());
        assertEquals(WeightFormat.Q8_0.code(), x.inStripsFor(q8, f32, q8).layout());
        for (int cols : new int[] {32, 224, 288}) {
            EncodedMatrix matrix = EncodedMatrix.random("w", WeightFormat.Q8_0, 1, cols, 1, 1);
            assertEquals(
                    BlockStrips.PLAIN,
                    input(1, cols).inStripsFor(matrix.tensor()).layout());
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void tilesMatchReferenceForEveryFilling(WeightFormat format, int rows, int cols) {
        EncodedMatrix matrix = EncodedMatrix.random("w", format, rows, cols, 1, rows * 1000L + cols);
        int batch = 18;
        GroupInput x = input(batch, cols);
        for (int tile : runner.sizes().ofMany(List.of(16, 32))) {
            for (int tokens : new int[] {0, 1, 16, 18}) {
                FloatArray out = poisoned(batch * rows);
                runner.run(
                        step(5, tokens, 0),
                        batch,
                        arrays(matrix, x, out),
                        graph -> new TileProducts(tile).add(graph, "product", matrix.tensor(), x, out, false));
                assertProduct(matrix, x, out, tokens, new double[batch * rows], "tile " + tile);
                for (int i = tokens * rows; i < batch * rows; i++) {
                    assertEquals(Samples.POISON, out.get(i), "element " + i + " belongs to no row of the step");
                }
            }
        }
    }

    @Test
    void theLargestTileMatchesReference() {
        for (WeightFormat format : runner.sizes().of(List.of(WeightFormat.values()))) {
            int cols = Math.max(96, format.blockSize());
            EncodedMatrix matrix = EncodedMatrix.random("w", format, 67, cols, 1, 3);
            GroupInput x = input(66, cols);
            FloatArray out = gaussian(66 * 67, 4);
            double[] before = Samples.doubles(out);
            runner.run(
                    step(0, 66, 0),
                    66,
                    arrays(matrix, x, out),
                    graph -> new TileProducts(64).add(graph, "product", matrix.tensor(), x, out, true));
            assertProduct(matrix, x, out, 66, before, format.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(RotaryPairs.class)
    void queriesKeysAndValuesInOneAreTheirProductsRotatedAndStored(RotaryPairs pairs) {
        for (WeightFormat format : runner.sizes().of(List.copyOf(FUSED))) {
            assertQueriesKeysAndValues(format, Math.max(64, format.blockSize()), pairs, false);
        }
        for (WeightFormat format : runner.sizes().ofMany(IN_STRIPS)) {
            assertQueriesKeysAndValues(format, 256, pairs, true);
        }
    }

    private void assertQueriesKeysAndValues(WeightFormat format, int cols, RotaryPairs pairs, boolean strips) {
        int heads = 4;
        int kvHeads = 2;
        int headDim = 6;
        int capacity = 3;
        FloatArray rotation = new FloatArray(RotaryTable.length(headDim));
        Rotary rotary = new Rotary(1e4, pairs, RotaryScaling.NONE, new QueryTemperature(0.1, 4));
        new RotaryTable(headDim, rotary).fill(rotation, 7, 1);
        EncodedMatrix wq = EncodedMatrix.random("q", format, heads * headDim, cols, 1, 1);
        EncodedMatrix wk = EncodedMatrix.random("k", format, kvHeads * headDim, cols, 1, 2);
        EncodedMatrix wv = EncodedMatrix.random("v", format, kvHeads * headDim, cols, 1, 3);
        GroupInput plain = input(1, cols);
        GroupInput x = strips ? inStrips(plain, wq) : plain;
        for (VectorProducts sizes : runner.sizes().ofMany(SIZES)) {
            KvCache floats = floats(kvHeads * capacity * headDim);
            KvCache halves = halves(kvHeads * capacity * headDim);
            HeadRows rows = null;
            for (KvCache cache : List.of(halves, floats)) {
                HeadRows to = new HeadRows(
                        poisoned(heads * headDim), cache, rotation, heads, kvHeads, headDim, pairs.distance(headDim));
                List<Object> arrays = arrays(x, to);
                for (EncodedMatrix matrix : List.of(wq, wk, wv)) {
                    arrays.add(matrix.tensor().data());
                }
                runner.run(
                        step(7, 1, 0),
                        1,
                        arrays,
                        graph -> sizes.addQueryKeyValue(
                                graph, "products", wq.tensor(), wk.tensor(), wv.tensor(), x, to));
                rows = to;
            }
            double temperature = rotation.get(headDim);
            assertHeads(wq, plain, rows, temperature, rows.query(), 1, 0, format + " query");
            assertHeads(wk, plain, rows, 1, floats.keys(), capacity, 7 % capacity, format + " key");
            assertHeads(wv, plain, rows, 0, floats.values(), capacity, 7 % capacity, format + " value");
            assertRounded(floats.keys(), halves.packedKeys(), format + " key");
            assertRounded(floats.values(), halves.packedValues(), format + " value");
        }
    }

    private static List<Object> arrays(GroupInput x, HeadRows rows) {
        List<Object> arrays = new ArrayList<>(x.arrays());
        arrays.addAll(rows.cache().arrays());
        arrays.addAll(List.of(rows.query(), rows.rotation()));
        return arrays;
    }

    private static KvCache floats(int elements) {
        return new KvCache(
                CacheFormat.F32,
                RollingBuffer.of(1, 1, 1),
                poisoned(elements),
                poisoned(elements),
                new ByteArray(1),
                new ByteArray(1));
    }

    /** {@return a cache of halves, of zeros} */
    private static KvCache halves(int elements) {
        return new KvCache(
                CacheFormat.F16,
                RollingBuffer.of(1, 1, 1),
                new FloatArray(1),
                new FloatArray(1),
                new ByteArray(2 * elements),
                new ByteArray(2 * elements));
    }

    /** What was written must be the nearest halves, to the bit, and what was not must be zero still. */
    private static void assertRounded(FloatArray floats, ByteArray halves, String what) {
        for (int i = 0; i < floats.getSize(); i++) {
            int bits = floats.get(i) == Samples.POISON ? 0 : Float16.bits(floats.get(i));
            assertEquals(
                    bits,
                    (halves.get(2 * i + 1) & 255) << 8 | halves.get(2 * i) & 255,
                    what + " " + i + " of a cache of halves");
        }
    }

    @Test
    void aStepWithoutRowsStoresNoKeys() {
        EncodedMatrix matrix = EncodedMatrix.random("w", WeightFormat.F32, 4, 8, 1, 1);
        GroupInput x = input(1, 8);
        HeadRows rows = new HeadRows(poisoned(4), floats(4), gaussian(5, 1), 1, 1, 4, 1);
        List<Object> arrays = arrays(x, rows);
        arrays.add(matrix.tensor().data());
        runner.run(
                step(0, 0, 0),
                1,
                arrays,
                graph -> SIZES.getLast()
                        .addQueryKeyValue(
                                graph, "products", matrix.tensor(), matrix.tensor(), matrix.tensor(), x, rows));
        for (FloatArray out :
                List.of(rows.query(), rows.cache().keys(), rows.cache().values())) {
            for (int i = 0; i < out.getSize(); i++) {
                assertEquals(Samples.POISON, out.get(i), "element " + i);
            }
        }
    }

    /**
     * Compares what went to one slot with products in fp64, rotated by the table and multiplied by a factor, or with
     * the products themselves where the factor is 0; all other slots must be as they were.
     */
    private static void assertHeads(
            EncodedMatrix matrix,
            GroupInput x,
            HeadRows rows,
            double factor,
            FloatArray out,
            int capacity,
            int slot,
            String what) {
        int headDim = rows.headDim();
        int distance = rows.distance();
        for (int i = 0; i < out.getSize(); i++) {
            int head = i / headDim / capacity;
            int element = i % headDim;
            if (i / headDim % capacity != slot) {
                assertEquals(Samples.POISON, out.get(i), what + " " + i + " belongs to another position");
                continue;
            }
            boolean second = distance == 1 ? element % 2 == 1 : element >= distance;
            int first = second ? element - distance : element;
            int pair = distance == 1 ? first / 2 : first;
            double[] left = product(matrix, x, 0, head * headDim + first);
            double[] right = product(matrix, x, 0, head * headDim + first + distance);
            double cos = rows.rotation().get(2 * pair);
            double sin = rows.rotation().get(2 * pair + 1);
            double plain = second ? right[0] : left[0];
            double rotated = second ? left[0] * sin + right[0] * cos : left[0] * cos - right[0] * sin;
            double tolerance = 2 * Samples.sumTolerance(x.cols(), 3 * (left[1] + right[1]));
            assertNear(factor == 0 ? plain : factor * rotated, out.get(i), tolerance, what + " " + i);
        }
    }

    @Test
    void gateAndUpInOneEqualTheirProductsGated() {
        for (WeightFormat format : runner.sizes().of(List.copyOf(FUSED))) {
            assertGated(format, Math.max(64, format.blockSize()), false);
        }
        for (WeightFormat format : runner.sizes().ofMany(IN_STRIPS)) {
            assertGated(format, 256, true);
        }
    }

    private void assertGated(WeightFormat format, int cols, boolean strips) {
        EncodedMatrix gate = EncodedMatrix.random("gate", format, 19, cols, 0.1, 1);
        EncodedMatrix up = EncodedMatrix.random("up", format, 19, cols, 0.1, 2);
        GroupInput plain = input(1, cols);
        GroupInput x = strips ? inStrips(plain, gate, up) : plain;
        for (VectorProducts sizes : runner.sizes().ofMany(SIZES)) {
            FloatArray out = poisoned(19);
            List<Object> arrays = new ArrayList<>(arrays(gate, x, out));
            arrays.add(up.tensor().data());
            runner.run(
                    step(0, 1, 0),
                    1,
                    arrays,
                    graph -> sizes.addGated(graph, "gated", gate.tensor(), up.tensor(), x, out));
            for (int row = 0; row < 19; row++) {
                double g = product(gate, plain, 0, row)[0];
                double u = product(up, plain, 0, row)[0];
                // Both products are good to 1e-6 of their magnitude, below 10; silu's slope is at most 1.1.
                assertNear(g / (1 + Math.exp(-g)) * u, out.get(row), 1e-4, format + ", row " + row);
            }
        }
    }

    /** Activations in both forms; what the integers stand for is what their products are compared with. */
    private static GroupInput input(int batch, int cols) {
        GroupInput x = GroupInput.allocate(batch, cols);
        x.values().getSegment().copyFrom(gaussian(batch * cols, 21).getSegment());
        if (cols % ActivationQuantizer.BLOCK == 0) {
            ActivationQuantizer.quantizeRows(
                    x.values(),
                    x.quantized(),
                    x.scales(),
                    new FloatArray(batch * cols / 32),
                    x.halfSums(),
                    step(0, batch, 0),
                    batch,
                    cols / ActivationQuantizer.BLOCK);
        }
        return x;
    }

    /** Activations of one token, laid out for strips; what lies between them was something else. */
    private static GroupInput inStrips(GroupInput plain, EncodedMatrix... matrices) {
        int cols = plain.cols();
        GroupInput x = GroupInput.allocate(1, cols)
                .inStripsFor(Arrays.stream(matrices).map(EncodedMatrix::tensor).toArray(WeightTensor[]::new));
        x.scales().getSegment().copyFrom(plain.scales().getSegment());
        x.halfSums().getSegment().copyFrom(plain.halfSums().getSegment());
        x.quantized().init((byte) 77);
        BlockStrips.layOut(x.layout(), cols, plain.quantized(), x.quantized());
        return x;
    }

    private static List<Object> arrays(EncodedMatrix matrix, GroupInput x, FloatArray out) {
        List<Object> arrays = new ArrayList<>(x.arrays());
        arrays.add(matrix.tensor().data());
        arrays.add(out);
        return arrays;
    }

    private static void assertProduct(
            EncodedMatrix matrix, GroupInput x, FloatArray out, int tokens, double[] before, String what) {
        int rows = matrix.tensor().rows();
        for (int t = 0; t < tokens; t++) {
            for (int row = 0; row < rows; row++) {
                double[] product = product(matrix, x, t, row);
                double expected = before[t * rows + row];
                assertNear(
                        expected + product[0],
                        out.get(t * rows + row),
                        // nibbles are up to 15 before their offset goes
                        Samples.sumTolerance(x.cols(), 3 * (product[1] + Math.abs(expected))),
                        what + ", token " + t + ", row " + row);
            }
        }
    }

    /** {@return the product in fp64, and the sum of its terms' absolute values} */
    private static double[] product(EncodedMatrix matrix, GroupInput x, int token, int row) {
        boolean integers = matrix.tensor().format().quantizesActivations();
        double sum = 0;
        double magnitude = 0;
        for (int i = 0; i < x.cols(); i++) {
            int at = token * x.cols() + i;
            double activation = integers
                    ? x.quantized().get(at) * (double) x.scales().get(at / ActivationQuantizer.BLOCK)
                    : x.values().get(at);
            double term = matrix.value(row, i) * activation;
            sum += term;
            magnitude += Math.abs(term);
        }
        return new double[] {sum, magnitude};
    }
}
