package dev.sirocco.tasks;

import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Tasks that read arrays before the kernel under test. TornadoVM copies an array to the device when the first task that
 * takes it reads it, and leaves it out when that task only writes it, whatever the graph says: what a kernel leaves
 * alone would then not be what it was. In a model's graphs it is, from the graph before.
 */
final class FirstReader {
    private FirstReader() {}

    /** Adds a task for each array that a kernel may write, so that all of it is on the device afterwards. */
    static void addTo(TaskGraph graph, Object[] arrays) {
        FloatArray seen = new FloatArray(1);
        for (int i = 0; i < arrays.length; i++) {
            String task = "read" + i;
            switch (arrays[i]) {
                case FloatArray floats -> graph.task(task, FirstReader::readFloats, floats, seen);
                case IntArray ints -> graph.task(task, FirstReader::readInts, ints, seen);
                case Int8Array bytes -> graph.task(task, FirstReader::readIntegers, bytes, seen);
                case ByteArray bytes -> graph.task(task, FirstReader::readBytes, bytes, seen);
                case HalfFloatArray _, ShortArray _ -> {} // weights, which no kernel writes
                default -> throw new IllegalArgumentException("an array of type " + arrays[i].getClass());
            }
        }
    }

    static void readFloats(FloatArray array, FloatArray seen) {
        seen.set(0, array.get(0));
    }

    static void readInts(IntArray array, FloatArray seen) {
        seen.set(0, array.get(0));
    }

    static void readIntegers(Int8Array array, FloatArray seen) {
        seen.set(0, array.get(0));
    }

    static void readBytes(ByteArray array, FloatArray seen) {
        seen.set(0, array.get(0));
    }
}
