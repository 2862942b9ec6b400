; kernel SampleKernels.transpose

target triple = "spirv64v1.2-unknown-unknown"
define spir_kernel void @SampleKernels_transpose(
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(364) %in.0,
  ptr addrspace(1) noalias nocapture writeonly align 16 dereferenceable(364) %out.1) nounwind {
entry:
  %t0 = call spir_func i64 @_Z13get_global_idj(i32 1)
  %t1 = trunc i64 %t0 to i32
  %t2 = icmp ult i32 %t1, 7
  %t3 = and i1 true, %t2
  %t4 = call spir_func i64 @_Z13get_global_idj(i32 0)
  %t5 = trunc i64 %t4 to i32
  %t6 = icmp ult i32 %t5, 13
  %t7 = and i1 %t3, %t6
  br i1 %t7, label %begin, label %exit
begin:
  br label %b0
b0:
  ; line 32
  %v14 = mul nsw i32 %t5, 7
  %v15 = add nsw i32 %v14, %t1
  %v16 = mul nsw i32 %t1, 13
  %v17 = add nsw i32 %v16, %t5
  %t8 = sext i32 %v17 to i64
  %t9 = getelementptr inbounds float, ptr addrspace(1) %in.0, i64 %t8
  %v18 = load float, ptr addrspace(1) %t9, align 4
  %t10 = sext i32 %v15 to i64
  %t11 = getelementptr inbounds float, ptr addrspace(1) %out.1, i64 %t10
  store float %v18, ptr addrspace(1) %t11, align 4
  br label %exit
exit:
  ret void
}

!opencl.enable.FP_CONTRACT = !{}

declare spir_func i64 @_Z13get_global_idj(i32)
