// kernel SampleKernels.transpose

__kernel void sirocco_SampleKernels_transpose(
        __global const float *restrict in,
        __global float *restrict out) {
    int r = (int) get_global_id(1); // line 30
    int c = (int) get_global_id(0); // line 31
    out[c * 7 + r] = in[r * 13 + c]; // line 32
}
