package dev.sirocco.runtime.fuzz;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** The arguments of a {@link RandomKernel}: arrays, the same for the same seed, and scalars. */
final class FuzzArrays {
    private final List<TornadoNativeArray> arrays = new ArrayList<>();
    private final List<Object> scalars;

    FuzzArrays(long seed, boolean doubles) {
        Random random = new Random(seed);
        int outputs = RandomKernel.ITEMS * RandomKernel.SLICE;
        arrays.add(new IntArray(RandomKernel.INPUTS));
        arrays.add(new LongArray(RandomKernel.INPUTS));
        arrays.add(new ByteArray(RandomKernel.INPUTS + 1)); // a half is read at any byte
        arrays.add(new ShortArray(RandomKernel.INPUTS));
        arrays.add(new FloatArray(RandomKernel.INPUTS));
        arrays.add(new HalfFloatArray(RandomKernel.INPUTS));
        arrays.add(new IntArray(outputs));
        arrays.add(new LongArray(outputs));
        arrays.add(new ByteArray(outputs));
        arrays.add(new ShortArray(outputs));
        arrays.add(new FloatArray(outputs));
        arrays.add(new HalfFloatArray(outputs));
        if (doubles) {
            arrays.add(new DoubleArray(RandomKernel.INPUTS));
            arrays.add(new DoubleArray(outputs));
        }
        arrays.forEach(array -> fill(array, random));
        scalars = List.of(random.nextInt(20) - 5, (long) random.nextInt(), random.nextInt(64) / 8f);
    }

    /** {@return the arguments of the kernel, but for the kernel context} */
    List<Object> arguments() {
        List<Object> arguments = new ArrayList<>(arrays);
        arguments.addAll(scalars);
        return arguments;
    }

    List<TornadoNativeArray> arrays() {
        return arrays;
    }

    private static void fill(TornadoNativeArray array, Random random) {
        for (int i = 0; i < array.getSize(); i++) {
            switch (array) {
                case IntArray a -> a.set(i, (int) whole(random));
                case LongArray a -> a.set(i, whole(random));
                case ByteArray a -> a.set(i, (byte) whole(random));
                case ShortArray a -> a.set(i, (short) whole(random));
                case FloatArray a -> a.set(i, real(random));
                case DoubleArray a -> a.set(i, real(random));
                case HalfFloatArray a ->
                    a.getSegment().setAtIndex(ValueLayout.JAVA_SHORT, i, Float.floatToFloat16(real(random)));
                default -> throw new IllegalArgumentException(array.toString());
            }
        }
    }

    private static long whole(Random random) {
        return random.nextBoolean() ? random.nextInt(21) - 10 : random.nextLong() >> random.nextInt(63);
    }

    private static float real(Random random) {
        return switch (random.nextInt(16)) {
            case 0 -> 0f;
            case 1 -> -0f;
            case 2 -> Float.NaN;
            case 3 -> Float.POSITIVE_INFINITY;
            case 4 -> (float) random.nextInt();
            case 5, 6, 7, 8 -> random.nextInt(17) - 8;
            default -> (float) random.nextGaussian() * 8;
        };
    }

    /** {@return where these arrays and those of another run differ first; NaNs are equal} */
    Optional<String> difference(FuzzArrays other) {
        for (int k = 0; k < arrays.size(); k++) {
            for (int i = 0; i < arrays.get(k).getSize(); i++) {
                Object here = element(arrays.get(k), i);
                Object there = element(other.arrays.get(k), i);
                if (!here.equals(there)) {
                    return Optional.of("array " + k + " at " + i + ": " + here + " and " + there);
                }
            }
        }
        return Optional.empty();
    }

    private static Object element(TornadoNativeArray array, int i) {
        return switch (array) {
            case IntArray a -> a.get(i);
            case LongArray a -> a.get(i);
            case ByteArray a -> a.get(i);
            case ShortArray a -> a.get(i);
            case FloatArray a -> a.get(i); // boxed: NaN equals NaN, and −0 differs from 0
            case DoubleArray a -> a.get(i);
            case HalfFloatArray a -> Float.float16ToFloat(a.getSegment().getAtIndex(ValueLayout.JAVA_SHORT, i));
            default -> throw new IllegalArgumentException(array.toString());
        };
    }

    /** {@return the arrays and scalars that kernels take after the kernel context, as declared} */
    static List<String> parameters(boolean doubles) {
        List<String> parameters = new ArrayList<>(List.of(
                "IntArray ints",
                "LongArray longs",
                "ByteArray bytes",
                "ShortArray shorts",
                "FloatArray floats",
                "HalfFloatArray halves",
                "IntArray outInts",
                "LongArray outLongs",
                "ByteArray outBytes",
                "ShortArray outShorts",
                "FloatArray outFloats",
                "HalfFloatArray outHalves"));
        if (doubles) {
            parameters.add("DoubleArray doubles");
            parameters.add("DoubleArray outDoubles");
        }
        parameters.addAll(List.of("int p", "long q", "float r"));
        return parameters;
    }
}
