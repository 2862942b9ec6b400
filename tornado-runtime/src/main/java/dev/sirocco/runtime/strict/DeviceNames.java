package dev.sirocco.runtime.strict;

import java.util.Set;

/** Names that a kernel's method cannot have because TornadoVM's OpenCL C code would give them to a function. */
final class DeviceNames {
    /** Keywords of C99 and of OpenCL C that are names in Java. */
    private static final Set<String> KEYWORDS = Set.of("""
            auto inline register restrict signed sizeof struct typedef typeof union unsigned extern global
            local constant kernel read_only write_only read_write uniform pipe half bool size_t ptrdiff_t
            uchar ushort uint ulong event_t sampler_t complex imaginary""".split("\\s+"));

    /** Functions of OpenCL C 1.2, section 6.12, by their names without a numbered variant. */
    private static final Set<String> FUNCTIONS = Set.of("""
            abs abs_diff acos acosh acospi add_sat all any as_float as_int as_uint asin asinh asinpi
            async_work_group_copy atan atan2 atan2pi atanh atanpi atomic_add atomic_and atomic_cmpxchg
            atomic_dec atomic_inc atomic_max atomic_min atomic_or atomic_sub atomic_xchg atomic_xor barrier
            bitselect cbrt ceil clamp clz copysign cos cosh cospi cross degrees distance dot erf erfc exp
            exp10 exp2 expm1 fabs fast_distance fast_length fast_normalize fdim floor fma fmax fmin fmod
            fract frexp get_global_id get_global_offset get_global_size get_group_id get_local_id
            get_local_size get_num_groups get_work_dim hadd half_cos half_exp half_log half_sin half_sqrt
            hypot ilogb isequal isfinite isgreater isgreaterequal isinf isless islessequal islessgreater
            isnan isnormal isnotequal isordered isunordered ldexp length lgamma lgamma_r log log10 log1p
            log2 logb mad mad24 mad_hi mad_sat max maxmag mem_fence min minmag mix modf mul24 mul_hi nan
            native_cos native_exp native_log native_sin native_sqrt nextafter normalize popcount pow pown
            powr prefetch printf radians read_mem_fence remainder remquo rhadd rint rootn rotate round rsqrt
            select shuffle shuffle2 sign signbit sin sincos sinh sinpi smoothstep sqrt step sub_sat tan tanh
            tanpi tgamma trunc upsample vec_step vload_half vstore_half wait_group_events
            write_mem_fence""".split("\\s+"));

    private DeviceNames() {}

    static boolean isTaken(String name) {
        return KEYWORDS.contains(name) || FUNCTIONS.contains(name);
    }
}
