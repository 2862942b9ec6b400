// kernel SampleKernels.scaledRows

static float half_of_bits(int word) {
#if defined(__clang__) && defined(__F16C__)
    typedef short halves __attribute__((vector_size(16)));
    typedef float floats __attribute__((vector_size(16)));
    floats values = __builtin_ia32_vcvtph2ps((halves) {(short) word, 0, 0, 0, 0, 0, 0, 0});
    return values[0];
#else
    ushort bits = (ushort) word;
    return vload_half(0, (const half *) &bits);
#endif
}

static void read_ahead(const __global void *at, int bytes) {
#if defined(__clang__) && defined(__x86_64__)
    __builtin_prefetch((const void *) (size_t) ((const __global char *) at + bytes), 0, 3);
#endif
}

__kernel void sirocco_SampleKernels_scaledRows(
        __global const char *restrict rows,
        __global float *restrict out) {
    int row = (int) get_global_id(0); // line 206
    float sum = 0.0f;
    int b = 0;
    int block;
    int bytes;
    for (; b < 5; sum = sum + half_of_bits(*(const __global ushort *) (rows + block)) * (float) bytes, b = (int) ((uint) b + 1)) { // line 208
        block = (row * 5 + b) * 34; // line 209
        read_ahead(rows + (block + 2), 4096); // line 212
        bytes = 0;
        int i = 0;
        for (; i < 32; bytes = (int) ((uint) bytes + rows[block + 2 + i]), i = (int) ((uint) i + 1)) { // line 211
        }
    }
    out[row] = sum; // line 216
}
