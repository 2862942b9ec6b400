package dev.sirocco.runtime.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.fuzz.KernelClasses;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.opencl.StrictDevices;
import dev.sirocco.runtime.reference.ReferenceDriver;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Each operator, conversion and function means on each OpenCL device what it means in Java: what overflows, what is
 * shifted too far, what is cut, what is not a number. On devices whose floats are not strict, only normal numbers count
 * where there are floats.
 */
final class OpenClOperatorsTest {
    /** Units in the last place of a float in one of a half, where neither is below the normal range. */
    private static final float HALF_ULP = 0x1p13f;

    @TempDir
    private static Path folder;

    private static KernelClasses classes;

    private final Device reference = new ReferenceDriver().devices().getFirst();

    @BeforeAll
    static void compiler() {
        classes = new KernelClasses(folder);
    }

    @ParameterizedTest
    @MethodSource("dev.sirocco.runtime.codegen.OperatorTable#all")
    void meansOnEveryDeviceWhatItMeansInJava(OperatorTable table) {
        assumeFalse(StrictDevices.all().isEmpty(), "there is no OpenCL device; install pocl-opencl-icd");
        Method kernel = classes.compile(List.of(table.kernel("table"))).get("table");
        TornadoNativeArray expected = run(reference, table, kernel);
        for (Device device : StrictDevices.all()) {
            if (!table.hasDoubles() || device.description().fp64()) {
                compare(table, device, expected, run(device, table, kernel));
            }
        }
    }

    private static void compare(
            OperatorTable table, Device device, TornadoNativeArray expected, TornadoNativeArray actual) {
        boolean strict = !table.hasFloats() || StrictDevices.areFloatsStrict(device);
        int n = table.numbers().size();
        List<String> faults = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            OperatorTable.Row expression = table.rows().get(row);
            for (int i = 0; i < table.pairs(); i++) {
                Number a = table.numbers().get(i / n);
                Number b = table.numbers().get(i % n);
                Number right = Elementwise.get(expected, row * table.pairs() + i);
                Number is = Elementwise.get(actual, row * table.pairs() + i);
                boolean counts = strict || isPlain(a) && isPlain(b) && isPlain(right);
                double ulps = strict ? expression.strictUlps() : expression.ulps();
                if (counts && !isNear(right, is, ulps * ulp(right, table.result()), strict)) {
                    faults.add("%s of %s and %s is %s, not %s".formatted(expression.java(), a, b, is, right));
                }
            }
        }
        assertEquals(List.of(), faults, () -> device.description().platform());
    }

    /** {@return whether a number is neither special nor below the normal range of floats} */
    private static boolean isPlain(Number number) {
        double size = Math.abs(number.doubleValue());
        return !(number instanceof Float || number instanceof Double)
                || size == 0
                || size >= Float.MIN_NORMAL && size <= Float.MAX_VALUE;
    }

    /** {@return whether two results agree} Boxed NaN equals NaN, and −0 differs from 0 where that counts. */
    private static boolean isNear(Number right, Number is, double tolerance, boolean strict) {
        if (right.equals(is) || !strict && right.doubleValue() == is.doubleValue()) {
            return true;
        }
        return Math.abs(right.doubleValue() - is.doubleValue()) <= tolerance;
    }

    private static double ulp(Number number, Scalar type) {
        return switch (type) {
            case F16 -> Math.ulp(number.floatValue()) * HALF_ULP;
            case F32 -> Math.ulp(number.floatValue());
            case BOOL, I8, I16, I32, I64, F64 -> Math.ulp(number.doubleValue());
        };
    }

    private static TornadoNativeArray run(Device device, OperatorTable table, Method kernel) {
        int n = table.numbers().size();
        List<Number> first = new ArrayList<>();
        List<Number> second = new ArrayList<>();
        for (int i = 0; i < table.pairs(); i++) {
            first.add(table.numbers().get(i / n));
            second.add(table.numbers().get(i % n));
        }
        TornadoNativeArray a = Elementwise.filled(table.operand(), first);
        TornadoNativeArray b = Elementwise.filled(table.operand(), second);
        TornadoNativeArray out =
                Elementwise.array(table.result(), table.pairs() * table.rows().size());
        List<TornadoNativeArray> arrays = List.of(a, b, out);
        try (DeviceMemory memory = device.newMemory()) {
            for (TornadoNativeArray array : arrays) {
                memory.allocate(array, true);
                memory.copyIn(array);
            }
            device.bind(new TaskSpec("operators.table", kernel, List.copyOf(arrays), null, "", null), memory)
                    .run();
            memory.copyOut(out);
            memory.finish();
        }
        return out;
    }
}
