// kernel SampleKernels.reduceRows

__kernel void sirocco_SampleKernels_reduceRows(
        __global const float *restrict in,
        __global float *restrict out) {
    int r = (int) get_global_id(0); // line 38
    float sum = 0.0f;
    float largest = -1.0E30f;
    int c = 0;
    float sum_1;
    float largest_1;
    for (; c < 100; sum = sum_1, largest = largest_1, c = (int) ((uint) c + 1)) { // line 41
        float v = in[r * 100 + c]; // line 42
        sum_1 = sum + v; // line 43
        if (v > largest) { // line 44
            largest_1 = v;
        } else {
            largest_1 = largest;
        }
    }
    out[r] = sum; // line 46
}
