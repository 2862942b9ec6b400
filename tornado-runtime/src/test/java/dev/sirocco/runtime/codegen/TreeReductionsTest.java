package dev.sirocco.runtime.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.pass.FrontEnd;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Which barriers order nothing but what the work-items below a stride do. */
class TreeReductionsTest {
    static void sum(KernelContext context, FloatArray x) {
        float[] shared = context.allocateFloatLocalArray(128);
        int lane = context.localIdx;
        for (int stride = 64; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                shared[lane] += shared[lane + stride];
            }
            context.localBarrier();
        }
        x.set(lane, shared[0]);
    }

    static void largestOfRows(KernelContext context, FloatArray x) {
        float[] shared = context.allocateFloatLocalArray(512);
        int lane = context.localIdx;
        for (int stride = 64; stride >= 1; stride >>= 1) {
            if (stride > lane) {
                for (int row = 0; row < 4; row++) {
                    float other = shared[row * 128 + lane + stride];
                    if (other > shared[row * 128 + lane]) {
                        shared[row * 128 + lane] = TornadoMath.max(other, 0f);
                    }
                }
            }
            context.localBarrier();
        }
        x.set(lane, shared[0]);
    }

    static void allTakePart(KernelContext context, FloatArray x) {
        float[] shared = context.allocateFloatLocalArray(128);
        int lane = context.localIdx;
        for (int stride = 64; stride > 0; stride = stride / 2) {
            float other = shared[(lane + stride) % 128];
            if (lane < stride) {
                shared[lane] += other;
            }
            context.localBarrier();
        }
        x.set(lane, shared[0]);
    }

    static void twoBarriers(KernelContext context, FloatArray x) {
        float[] shared = context.allocateFloatLocalArray(128);
        int lane = context.localIdx;
        for (int stride = 64; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                shared[lane] += shared[lane + stride];
            }
            context.localBarrier();
            context.localBarrier();
        }
        x.set(lane, shared[0]);
    }

    static void upwards(KernelContext context, FloatArray x) {
        float[] shared = context.allocateFloatLocalArray(128);
        int lane = context.localIdx;
        for (int stride = 1; stride < 128; stride = stride * 2) {
            if (lane < stride) {
                shared[lane + stride] += shared[lane];
            }
            context.localBarrier();
        }
        x.set(lane, shared[127]);
    }

    static void othersAsWell(KernelContext context, FloatArray x) {
        float[] shared = context.allocateFloatLocalArray(128);
        int lane = context.localIdx;
        for (int stride = 64; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                shared[lane] += shared[lane + stride];
            } else {
                shared[lane] = 0f;
            }
            context.localBarrier();
        }
        x.set(lane, shared[0]);
    }

    static void anotherGuard(KernelContext context, FloatArray x) {
        float[] shared = context.allocateFloatLocalArray(128);
        int lane = context.localIdx;
        for (int stride = 64; stride > 0; stride = stride / 2) {
            if (lane <= stride) {
                shared[lane] += shared[(lane + stride) % 128];
            }
            context.localBarrier();
        }
        x.set(lane, shared[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "sum, 1",
        "largestOfRows, 1",
        "allTakePart, 0",
        "twoBarriers, 0",
        "upwards, 0",
        "othersAsWell, 0",
        "anotherGuard, 0",
    })
    void onlyBarriersOfGuardedHalvingsAreFound(String kernel, int expected) {
        Method method = Arrays.stream(TreeReductionsTest.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(kernel))
                .findFirst()
                .orElseThrow();
        Function function = FrontEnd.compile(method, List.of(new KernelContext(), new FloatArray(128)), null);
        TreeReductions found = TreeReductions.find(function);
        long barriers = function.blocks().stream()
                .flatMap(block -> block.body().stream())
                .filter(i -> i.op() instanceof Op.Barrier && found.stride(i) != null)
                .count();
        assertEquals(expected, barriers);
    }
}
