// kernel SampleKernels.helpers

__kernel void sirocco_SampleKernels_helpers(
        __global const char *restrict blocks,
        __global float *restrict out) {
    int i = (int) get_global_id(0); // line 82
    int offset = i * 10; // line 83
    float t0 = vload_half(0, (const __global half *) (blocks + offset)); // line 67
    int offset_1 = i * 10; // line 83
    int sum = 0;
    int j = 0;
    int sum_1;
    for (; j < 8; sum = sum_1, j = (int) ((uint) j + 1)) { // line 72
        if (j != 5) { // line 73
            sum_1 = (int) ((uint) sum + blocks[offset_1 + 2 + j]);
        } else {
            sum_1 = sum;
        }
    }
    out[i] = t0 * (float) sum; // line 83
}
