// kernel SampleKernels.switches

__kernel void sirocco_SampleKernels_switches(
        __global const int *restrict in,
        __global int *restrict out) {
    int i = (int) get_global_id(0); // line 95
    int t0 = in[i]; // line 96
    int r;
    switch (t0 % 4) {
        case 0: {
            r = (int) ((uint) t0 << 3);
            break;
        }
        case 1: {
            r = t0 >> 2;
            break;
        }
        case 2: {
            r = (int) ((uint) t0 >> 28);
            break;
        }
        default: {
            r = (int) (0 - (uint) t0) ^ 85;
            break;
        }
    }
    out[i] = r; // line 104
}
