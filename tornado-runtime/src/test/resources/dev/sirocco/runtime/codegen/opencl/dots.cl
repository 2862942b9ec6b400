// kernel RecordedKernels.dots

static int8 words8(const __global char *at) {
    return (int8) (as_int4(vload16(0, at)), as_int4(vload16(1, at)));
}

static int8 dot_signed8(int8 a, int8 b) {
#if defined(__clang__) && defined(__AVX2__)
    typedef short pairs __attribute__((vector_size(32)));
    short16 x = as_short16(a);
    short16 y = as_short16(b);
    pairs xEven = __builtin_astype(x << (short) 8 >> (short) 8, pairs);
    pairs yEven = __builtin_astype(y << (short) 8 >> (short) 8, pairs);
    pairs xOdd = __builtin_astype(x >> (short) 8, pairs);
    pairs yOdd = __builtin_astype(y >> (short) 8, pairs);
    return __builtin_astype(__builtin_ia32_pmaddwd256(xEven, yEven), int8)
            + __builtin_astype(__builtin_ia32_pmaddwd256(xOdd, yOdd), int8);
#else
    return (a << 24 >> 24) * (b << 24 >> 24) + (a << 16 >> 24) * (b << 16 >> 24)
            + (a << 8 >> 24) * (b << 8 >> 24) + (a >> 24) * (b >> 24);
#endif
}

__kernel void sirocco_RecordedKernels_dots(
        __global const char *restrict w,
        __global const char *restrict x,
        __global float *restrict out) {
    int row = (int) get_global_id(0); // line 87
    float lanes[8] = {0}; // line 88
    vstore8(vload8(0, lanes) + 0.5f * convert_float8(dot_signed8(words8(w + row * 32), words8(x))), 0, lanes); // line 96
    float sum = 0.0f;
    int k_1 = 0;
    for (; k_1 < 8; sum = sum + lanes[k_1], k_1 = (int) ((uint) k_1 + 1)) { // line 99
    }
    out[row] = sum; // line 102
}
