; kernel GoldenTest.sumOfGroups

target triple = "spirv64v1.2-unknown-unknown"
@GoldenTest_sumOfGroups_local5 = internal addrspace(3) global [128 x float] undef, align 16

define spir_kernel void @GoldenTest_sumOfGroups(
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(2048) %x.1,
  ptr addrspace(1) noalias nocapture writeonly align 16 dereferenceable(16) %sums.2) nounwind !reqd_work_group_size !0 {
entry:
  %t0 = call spir_func i64 @_Z12get_local_idj(i32 0)
  %t1 = trunc i64 %t0 to i32
  %t2 = call spir_func i64 @_Z13get_global_idj(i32 0)
  %t3 = trunc i64 %t2 to i32
  %t4 = call spir_func i64 @_Z12get_group_idj(i32 0)
  %t5 = trunc i64 %t4 to i32
  br label %b0
b0:
  ; line 38
  ; line 39
  %t6 = sext i32 %t3 to i64
  %t7 = getelementptr inbounds float, ptr addrspace(1) %x.1, i64 %t6
  %v7 = load float, ptr addrspace(1) %t7, align 4
  %t8 = sext i32 %t1 to i64
  %t9 = getelementptr inbounds float, ptr addrspace(3) @GoldenTest_sumOfGroups_local5, i64 %t8
  store float %v7, ptr addrspace(3) %t9, align 4
  ; line 40
  call spir_func void @_Z7barrierj(i32 1) convergent
  ; line 41
  %stride.10 = sdiv i32 128, 2
  br label %b1
b1:
  %stride.13 = phi i32 [ %stride.10, %b0 ], [ %stride.27, %b4 ]
  ; line 41
  %v15 = icmp sle i32 %stride.13, 0
  br i1 %v15, label %b2, label %b3
b3:
  ; line 42
  %v18 = icmp sge i32 %t1, %stride.13
  br i1 %v18, label %b4, label %b5
b5:
  ; line 43
  %t10 = sext i32 %t1 to i64
  %t11 = getelementptr inbounds float, ptr addrspace(3) @GoldenTest_sumOfGroups_local5, i64 %t10
  %v22 = load float, ptr addrspace(3) %t11, align 4
  %v23 = add nsw i32 %t1, %stride.13
  %t12 = sext i32 %v23 to i64
  %t13 = getelementptr inbounds float, ptr addrspace(3) @GoldenTest_sumOfGroups_local5, i64 %t12
  %v24 = load float, ptr addrspace(3) %t13, align 4
  %v25 = fadd reassoc nsz arcp contract float %v22, %v24
  %t14 = sext i32 %t1 to i64
  %t15 = getelementptr inbounds float, ptr addrspace(3) @GoldenTest_sumOfGroups_local5, i64 %t14
  store float %v25, ptr addrspace(3) %t15, align 4
  br label %b4
b4:
  ; line 45
  call spir_func void @_Z7barrierj(i32 1) convergent
  ; line 41
  %stride.27 = sdiv i32 %stride.13, 2
  br label %b1
b2:
  ; line 47
  %v29 = icmp ne i32 %t1, 0
  br i1 %v29, label %b6, label %b7
b7:
  ; line 48
  %t16 = getelementptr inbounds float, ptr addrspace(3) @GoldenTest_sumOfGroups_local5, i64 0
  %v34 = load float, ptr addrspace(3) %t16, align 4
  %t17 = sext i32 %t5 to i64
  %t18 = getelementptr inbounds float, ptr addrspace(1) %sums.2, i64 %t17
  store float %v34, ptr addrspace(1) %t18, align 4
  br label %b6
b6:
  br label %exit
exit:
  ret void
}

!opencl.enable.FP_CONTRACT = !{}

declare spir_func i64 @_Z12get_local_idj(i32)
declare spir_func i64 @_Z13get_global_idj(i32)
declare spir_func i64 @_Z12get_group_idj(i32)
declare spir_func void @_Z7barrierj(i32)

!0 = !{i32 128, i32 1, i32 1}
