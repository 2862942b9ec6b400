// kernel RecordedKernels.groupSums

__kernel __attribute__((reqd_work_group_size(16, 1, 1)))
void sirocco_RecordedKernels_groupSums(
        __global const float *restrict x,
        __global float *restrict sums) {
    int local_1 = (int) get_local_id(0); // line 70
    __local float partial[16]; // line 71
    int globalX = (int) get_global_id(0); // line 72
    int localSizeX = 16; // line 74
    int groupX = (int) get_group_id(0); // line 81
    partial[local_1] = x[globalX]; // line 72
    barrier(CLK_LOCAL_MEM_FENCE); // line 73
    for (int stride = localSizeX / 2; stride > 0; stride = stride / 2) {
        if (local_1 < stride) { // line 75
            partial[local_1] = partial[local_1] + partial[local_1 + stride]; // line 76
        }
        barrier(CLK_LOCAL_MEM_FENCE); // line 78
    }
    if (local_1 == 0) { // line 80
        sums[groupX] = partial[0]; // line 81
    }
}
