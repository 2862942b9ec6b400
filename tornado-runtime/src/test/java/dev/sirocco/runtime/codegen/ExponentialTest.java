package dev.sirocco.runtime.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type.Scalar;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The emitted e^x against StrictMath's in double precision, over all floats from −infinity to infinity in steps of
 * their bit pattern. {@code -Dsirocco.exp.step=1} takes every float (about four minutes; that is where the bound
 * comes from).
 */
class ExponentialTest {
    private static final int CHUNK = 1 << 20;

    @ParameterizedTest
    @EnumSource(FloatMode.class)
    void isWithinOneUlpAndAHundredthOverTheWholeRange(FloatMode mode) {
        long step = Long.getLong("sirocco.exp.step", 2039);
        FloatArray in = new FloatArray(CHUNK);
        FloatArray out = new FloatArray(CHUNK);
        Function function = Elementwise.function(
                List.of(Scalar.F32),
                Scalar.F32,
                CHUNK,
                (k, v) -> k.emit(Scalar.F32, new Op.Unary(Op.Unary.Kind.EXP, v.getFirst())));
        HostKernel kernel = HostKernel.compile(function, List.of(in, out), mode);
        double worst = 0;
        float where = 0;
        for (long bits = 0; bits < 1L << 32; ) {
            int n = 0;
            for (; n < CHUNK && bits < 1L << 32; n++, bits += step) {
                in.set(n, Float.intBitsToFloat((int) bits));
            }
            kernel.run(0, n);
            for (int i = 0; i < n; i++) {
                double error = ulps(in.get(i), out.get(i));
                if (error > worst) {
                    worst = error;
                    where = in.get(i);
                }
            }
        }
        float at = where;
        double error = worst;
        assertTrue(error <= 1.01, () -> error + " ulp at " + at);
    }

    /** {@return the distance from the exact value in units of the last place of the float nearest to it} */
    private static double ulps(float x, float actual) {
        double exact = StrictMath.exp(x);
        float nearest = (float) exact;
        if (Float.isNaN(nearest) || Float.isInfinite(nearest)) {
            assertEquals(nearest, actual, () -> "at " + x);
            return 0;
        }
        if (Float.isInfinite(actual)) {
            return exact >= Float.MAX_VALUE ? 1 : Double.POSITIVE_INFINITY;
        }
        return Math.abs(actual - exact) / Math.ulp(nearest);
    }
}
