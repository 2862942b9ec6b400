// kernel SampleKernels.reduceRows

__kernel void sirocco_SampleKernels_reduceRows(
        __global const float *restrict in,
        __global float *restrict out) {
    int r = (int) get_global_id(0); // line 38
    float sum = 0.0f;
    float largest = -1.0E30f;
    int c = 0;
    float t1;
    float t2;
    for (; c < 100; sum = t1, largest = t2, c = (int) ((uint) c + 1)) { // line 41
        float t0 = in[r * 100 + c]; // line 42
        t1 = sum + t0; // line 43
        if (t0 > largest) { // line 44
            t2 = t0;
        } else {
            t2 = largest;
        }
    }
    out[r] = sum; // line 46
}
