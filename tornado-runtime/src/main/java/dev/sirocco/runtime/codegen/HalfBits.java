package dev.sirocco.runtime.codegen;

/**
 * Half precision as 16 bits, converted by integer arithmetic: for devices that cannot have a half float in a variable.
 * Exact up to the sign and payload of NaN, and right where a device flushes 32-bit numbers below 2^−126 to zero.
 */
final class HalfBits {
    private HalfBits() {}

    /** {@return the function float (i16)} */
    static String widen(ModuleText text) {
        return text.helper("sirocco.half.widen", """
                define internal float @sirocco.half.widen(i16 %half) alwaysinline nounwind {
                  %bits = zext i16 %half to i32
                  %magnitude = and i32 %bits, 32767
                  %up = shl i32 %magnitude, 13
                  %normal = add i32 %up, 939524096
                  %top = or i32 %up, 2139095040
                  %is.top = icmp uge i32 %magnitude, 31744
                  %large = select i1 %is.top, i32 %top, i32 %normal
                  %count = sitofp i32 %magnitude to float
                  %small = fmul float %count, 0x3E70000000000000
                  %small.bits = bitcast float %small to i32
                  %is.small = icmp ult i32 %magnitude, 1024
                  %wide = select i1 %is.small, i32 %small.bits, i32 %large
                  %sign = and i32 %bits, 32768
                  %sign.up = shl i32 %sign, 16
                  %signed = or i32 %wide, %sign.up
                  %result = bitcast i32 %signed to float
                  ret float %result
                }
                """);
    }

    /** {@return the function i16 (float)} Rounds to nearest, ties to even. */
    static String narrow(ModuleText text) {
        return text.helper("sirocco.half.narrow", """
                define internal i16 @sirocco.half.narrow(float %x) alwaysinline nounwind {
                  %bits = bitcast float %x to i32
                  %magnitude = and i32 %bits, 2147483647
                  %absolute = bitcast i32 %magnitude to float
                  %raised = fadd float %absolute, 0x3FE0000000000000
                  %raised.bits = bitcast float %raised to i32
                  %small = sub i32 %raised.bits, 1056964608
                  %last = lshr i32 %magnitude, 13
                  %odd = and i32 %last, 1
                  %biased = add i32 %magnitude, -939520001
                  %rounded = add i32 %biased, %odd
                  %normal = lshr i32 %rounded, 13
                  %is.small = icmp ult i32 %magnitude, 947912704
                  %finite = select i1 %is.small, i32 %small, i32 %normal
                  %is.large = icmp uge i32 %magnitude, 1199566848
                  %number = select i1 %is.large, i32 31744, i32 %finite
                  %is.nan = icmp ugt i32 %magnitude, 2139095040
                  %result = select i1 %is.nan, i32 32256, i32 %number
                  %sign.down = lshr i32 %bits, 16
                  %sign = and i32 %sign.down, 32768
                  %signed = or i32 %result, %sign
                  %half = trunc i32 %signed to i16
                  ret i16 %half
                }
                """);
    }
}
