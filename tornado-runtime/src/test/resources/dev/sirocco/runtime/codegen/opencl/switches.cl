// kernel SampleKernels.switches

__kernel void sirocco_SampleKernels_switches(
        __global const int *restrict in,
        __global int *restrict out) {
    int i = (int) get_global_id(0); // line 95
    int v = in[i]; // line 96
    int r;
    switch (v % 4) {
        case 0: {
            r = (int) ((uint) v << 3);
            break;
        }
        case 1: {
            r = v >> 2;
            break;
        }
        case 2: {
            r = (int) ((uint) v >> 28);
            break;
        }
        default: {
            r = (int) (0 - (uint) v) ^ 85;
            break;
        }
    }
    out[i] = r; // line 104
}
