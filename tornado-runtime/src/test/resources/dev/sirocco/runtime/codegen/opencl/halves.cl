// kernel SampleKernels.halves

static float round_to_half(float x) {
    ushort bits;
    vstore_half_rte(x, 0, (half *) &bits);
    return vload_half(0, (const half *) &bits);
}

__kernel void sirocco_SampleKernels_halves(
        __global const half *restrict in,
        __global half *restrict out) {
    int i = (int) get_global_id(0); // line 88
    float v = vload_half(i, in); // line 89
    float t0;
    if (v > 0.0f) { // line 90
        t0 = round_to_half(v * 0.3f);
    } else {
        t0 = round_to_half(vload_half(i, in) + vload_half(i, in));
    }
    vstore_half_rte(t0, i, out);
}
