// kernel RecordedKernels.labelled

__kernel void sirocco_RecordedKernels_labelled(
        __global const int *restrict in,
        __global int *restrict out) {
    int row = (int) get_global_id(0); // line 15
    int sum = 0;
    int i = 0;
    int sum_2;
    int sum_3;
    for (; ; sum = sum_2, i = (int) ((uint) i + 1)) {
        if (i >= 8) { // line 18
            sum_3 = sum;
            break;
        }
        int sum_1 = sum;
        int k = 0;
        for (;;) {
            int v = in[(int) ((uint) row * 8 + i + k) & 63]; // line 21
            if (v >= 0) { // line 22
                if (v != 0) { // line 25
                    if (v > 100) { // line 28
                        break;
                    }
                    if (k <= 5) {
                        int k_1 = (int) ((uint) k + 1); // line 31
                        if ((v & 1) != 0) { // line 32
                            sum_1 = (int) ((uint) sum_1 + v);
                            k = k_1;
                        } else {
                            k = k_1;
                        }
                    } else {
                        break;
                    }
                } else {
                    sum_2 = sum_1;
                    goto again12;
                }
            } else {
                sum_3 = sum_1;
                goto behind5;
            }
        }
        sum_2 = (int) ((uint) sum_1 - k);
    again12:;
    }
behind5:;
    out[row] = sum_3; // line 39
}
