; kernel SampleKernels.halves

target triple = "spirv64v1.2-unknown-unknown"
define spir_kernel void @SampleKernels_halves(
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(128) %in.0,
  ptr addrspace(1) noalias nocapture writeonly align 16 dereferenceable(128) %out.1) nounwind {
entry:
  %t0 = call spir_func i64 @_Z13get_global_idj(i32 0)
  %t1 = trunc i64 %t0 to i32
  %t2 = icmp ult i32 %t1, 64
  %t3 = and i1 true, %t2
  br i1 %t3, label %begin, label %exit
begin:
  br label %b0
b0:
  ; line 89
  %t4 = sext i32 %t1 to i64
  %t5 = getelementptr inbounds i16, ptr addrspace(1) %in.0, i64 %t4
  %v6 = load i16, ptr addrspace(1) %t5, align 2
  %v.7 = call float @sirocco.half.widen(i16 %v6)
  ; line 90
  %v9 = fcmp ogt float %v.7, 0x0000000000000000
  br i1 %v9, label %b5, label %b4
b5:
  ; line 90
  %v15 = fmul reassoc nsz arcp contract float %v.7, 0x3FD3333340000000
  %v16 = call i16 @sirocco.half.narrow(float %v15)
  br label %b6
b4:
  ; line 90
  %t6 = sext i32 %t1 to i64
  %t7 = getelementptr inbounds i16, ptr addrspace(1) %in.0, i64 %t6
  %v22 = load i16, ptr addrspace(1) %t7, align 2
  %t8 = sext i32 %t1 to i64
  %t9 = getelementptr inbounds i16, ptr addrspace(1) %in.0, i64 %t8
  %v23 = load i16, ptr addrspace(1) %t9, align 2
  %v24 = call float @sirocco.half.widen(i16 %v22)
  %v25 = call float @sirocco.half.widen(i16 %v23)
  %v26 = fadd reassoc nsz arcp contract float %v24, %v25
  %v27 = call i16 @sirocco.half.narrow(float %v26)
  br label %b6
b6:
  %v21 = phi i16 [ %v16, %b5 ], [ %v27, %b4 ]
  ; line 90
  %t10 = sext i32 %t1 to i64
  %t11 = getelementptr inbounds i16, ptr addrspace(1) %out.1, i64 %t10
  store i16 %v21, ptr addrspace(1) %t11, align 2
  br label %exit
exit:
  ret void
}

!opencl.enable.FP_CONTRACT = !{}

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

declare spir_func i64 @_Z13get_global_idj(i32)
