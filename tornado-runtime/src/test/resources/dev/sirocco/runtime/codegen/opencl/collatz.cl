// kernel SampleKernels.collatz

__kernel void sirocco_SampleKernels_collatz(
        __global const int *restrict in,
        __global int *restrict out) {
    int i = (int) get_global_id(0); // line 51
    long n = (long) in[i];
    int steps = 0;
    long n_1;
    for (; n != 1L; n = n_1, steps = (int) ((uint) steps + 1)) { // line 54
        if (steps >= 1000) {
            break;
        }
        if ((n & 1L) != 0L) { // line 55
            n_1 = (long) ((ulong) 3L * n + 1L);
        } else {
            n_1 = n / 2L;
        }
    }
    out[i] = steps; // line 62
}
