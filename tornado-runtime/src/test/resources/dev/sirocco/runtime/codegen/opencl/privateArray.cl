// kernel SampleKernels.privateArray

__kernel void sirocco_SampleKernels_privateArray(
        __global const int *restrict in,
        __global int *restrict out) {
    int i = (int) get_global_id(0); // line 109
    int bins[4] = {0}; // line 110
    for (int j = 0; j <= i; j = (int) ((uint) j + 1)) {
        int t0 = in[j] & 3; // line 112
        bins[t0] = (int) ((uint) bins[t0] + j);
    }
    int a;
    int best;
    for (a = 0; ; a = (int) ((uint) a + 1)) {
        if (a >= 4) { // line 116
            best = 0;
            goto behind8;
        }
        for (int b = 0; ; b = (int) ((uint) b + 1)) {
            if (b >= 4) { // line 117
                goto behind11;
            }
            if (bins[b] > bins[a]) { // line 118
                break;
            }
        }
    }
behind11:;
    best = a;
behind8:;
    out[i] = best; // line 125
}
