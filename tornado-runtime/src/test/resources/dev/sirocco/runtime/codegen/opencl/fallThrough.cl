// kernel RecordedKernels.fallThrough

__kernel void sirocco_RecordedKernels_fallThrough(
        __global const int *restrict in,
        __global int *restrict out) {
    int row = (int) get_global_id(0); // line 45
    int state = 0;
    int i = 0;
    int state_3;
    for (; i < 8; state = state_3, i = (int) ((uint) i + 1)) { // line 48
        int state_1;
        int state_2;
        switch (in[row * 8 + i] & 7) {
            case 0: {
                goto behind5;
            }
            case 1: {
                state_3 = state;
                continue;
            }
            case 2: {
                state_1 = (int) ((uint) state + 2);
                break;
            }
            case 3: {
                state_1 = state;
                break;
            }
            default: {
                state_2 = state ^ i;
                goto behind13;
            }
        }
        state_2 = (int) ((uint) state_1 * 3);
    behind13:;
        state_3 = (int) ((uint) state_2 + 1);
    }
behind5:;
    out[row] = state; // line 64
}
