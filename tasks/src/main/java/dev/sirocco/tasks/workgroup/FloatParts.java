package dev.sirocco.tasks.workgroup;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;

/** Products of eight neighbours, which are read sixteen bytes at a time where rows are whole parts. */
final class FloatParts {
    /** Weights in a part. */
    static final int SIZE = 8;

    private FloatParts() {}

    /** {@return fp16 weights i … i + 7 times x from j on} */
    static float dot(HalfFloatArray weights, int i, FloatArray x, int j) {
        float sum = 0f;
        for (int k = 0; k < SIZE; k++) {
            sum += weights.get(i + k).getFloat32() * x.get(j + k);
        }
        return sum;
    }

    /** {@return fp32 weights i … i + 7 times x from j on} */
    static float dot(FloatArray weights, int i, FloatArray x, int j) {
        float sum = 0f;
        for (int k = 0; k < SIZE; k++) {
            sum += weights.get(i + k) * x.get(j + k);
        }
        return sum;
    }
}
