package dev.sirocco.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task1;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task2;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task3;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

final class KernelReferenceTest {
    private int field;

    private static void kernel(FloatArray x, int n) {
        x.set(n, 1);
    }

    private static void kernel(IntArray x, int n) {
        x.set(n, 1);
    }

    private static int counts(FloatArray x) {
        return x.getSize();
    }

    private void instance(FloatArray x) {
        field = x.getSize();
    }

    @Test
    void findsTheStaticMethodBehindAReference() {
        Task2<FloatArray, Integer> floats = KernelReferenceTest::kernel;
        Task2<IntArray, Integer> ints = KernelReferenceTest::kernel;
        assertEquals(FloatArray.class, KernelReference.resolve("g.t", floats).getParameterTypes()[0]);
        assertEquals(IntArray.class, KernelReference.resolve("g.t", ints).getParameterTypes()[0]);
    }

    @Test
    void refusesLambdasWithBodies() {
        Task1<FloatArray> code = x -> x.set(0, 1);
        refuses(code, "a lambda with a body in KernelReferenceTest");
    }

    @Test
    void refusesCapturedArguments() {
        int captured = field;
        Task1<FloatArray> code = x -> kernel(x, captured);
        refuses(code, "a lambda with a body");
    }

    @Test
    void refusesInstanceMethodsBoundOrNot() {
        Task1<FloatArray> bound = this::instance;
        refuses(bound, "the instance method KernelReferenceTest::instance");
        Task3<FloatArray, Integer, Float> unbound = FloatArray::set;
        refuses(unbound, "the instance method FloatArray::set");
    }

    @Test
    void refusesConstructors() {
        Task1<Integer> code = FloatArray::new;
        refuses(code, "the constructor of FloatArray");
    }

    @Test
    void refusesMethodsThatReturnAValue() {
        Task1<FloatArray> code = KernelReferenceTest::counts;
        refuses(code, "KernelReferenceTest::counts returns a value");
    }

    @Test
    void refusesObjectsThatAreNoLambdas() {
        refuses(new Written(), "an object of " + Written.class.getName());
    }

    private static final class Written implements Task1<FloatArray> {
        @Override
        public void apply(FloatArray x) {
            x.set(0, 1);
        }
    }

    private static void refuses(Serializable code, String reason) {
        String message = assertThrows(TornadoRuntimeException.class, () -> KernelReference.resolve("g.t", code))
                .getMessage();
        assertTrue(message.startsWith("Task g.t: its code is ") || message.startsWith("Task g.t: its code "), message);
        assertTrue(message.contains(reason), message);
        assertTrue(message.contains("a static void method"), message);
    }
}
