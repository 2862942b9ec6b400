// kernel RecordedKernels.histogram

__kernel __attribute__((reqd_work_group_size(16, 1, 1)))
void sirocco_RecordedKernels_histogram(
        __global const int *restrict values,
        __global int *restrict counts) {
    int globalX = (int) get_global_id(0); // line 107
    atomic_add(&counts[values[globalX]], 1);
}
