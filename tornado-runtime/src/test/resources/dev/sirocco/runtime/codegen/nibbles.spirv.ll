; kernel ByteKernels.nibbles

target triple = "spirv64v1.2-unknown-unknown"
define spir_kernel void @ByteKernels_nibbles(
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(160) %w.0,
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(32) %x.1,
  ptr addrspace(1) noalias nocapture writeonly align 16 dereferenceable(40) %out.2) nounwind {
entry:
  %array.9 = alloca [4 x float], align 64
  %t0 = call spir_func i64 @_Z13get_global_idj(i32 0)
  %t1 = trunc i64 %t0 to i32
  %t2 = icmp ult i32 %t1, 10
  %t3 = and i1 true, %t2
  br i1 %t3, label %begin, label %exit
begin:
  br label %b0
b0:
  ; line 78
  call void @llvm.memset.p0.i64(ptr align 64 %array.9, i8 0, i64 16, i1 false)
  br label %b4
b4:
  %lane.13 = phi i32 [ 0, %b0 ], [ %lane.137, %b6 ]
  ; line 79
  %v15 = icmp sge i32 %lane.13, 4
  br i1 %v15, label %b5, label %b6
b6:
  ; line 80
  %t4 = sext i32 %lane.13 to i64
  %t5 = getelementptr inbounds float, ptr %array.9, i64 %t4
  %v18 = load float, ptr %t5, align 4
  %v21 = mul nsw i32 %t1, 16
  %v23 = mul nsw i32 4, %lane.13
  %i.24 = add nsw i32 %v21, %v23
  %j.26 = mul nsw i32 4, %lane.13
  ; line 22
  %t6 = sext i32 %i.24 to i64
  %t7 = getelementptr inbounds i8, ptr addrspace(1) %w.0, i64 %t6
  %v27 = load i8, ptr addrspace(1) %t7, align 1
  %v28 = sext i8 %v27 to i32
  %v30 = and i32 %v28, 15
  %t8 = sext i32 %j.26 to i64
  %t9 = getelementptr inbounds i8, ptr addrspace(1) %x.1, i64 %t8
  %v31 = load i8, ptr addrspace(1) %t9, align 1
  %v32 = sext i8 %v31 to i32
  %v33 = mul i32 %v30, %v32
  %v35 = add nsw i32 %i.24, 1
  ; line 23
  %t10 = sext i32 %v35 to i64
  %t11 = getelementptr inbounds i8, ptr addrspace(1) %w.0, i64 %t10
  %v36 = load i8, ptr addrspace(1) %t11, align 1
  %v37 = sext i8 %v36 to i32
  %v39 = and i32 %v37, 15
  %v41 = add nsw i32 %j.26, 1
  %t12 = sext i32 %v41 to i64
  %t13 = getelementptr inbounds i8, ptr addrspace(1) %x.1, i64 %t12
  %v42 = load i8, ptr addrspace(1) %t13, align 1
  %v43 = sext i8 %v42 to i32
  %v44 = mul i32 %v39, %v43
  %v45 = add i32 %v33, %v44
  %v47 = add nsw i32 %i.24, 2
  ; line 24
  %t14 = sext i32 %v47 to i64
  %t15 = getelementptr inbounds i8, ptr addrspace(1) %w.0, i64 %t14
  %v48 = load i8, ptr addrspace(1) %t15, align 1
  %v49 = sext i8 %v48 to i32
  %v51 = and i32 %v49, 15
  %v53 = add nsw i32 %j.26, 2
  %t16 = sext i32 %v53 to i64
  %t17 = getelementptr inbounds i8, ptr addrspace(1) %x.1, i64 %t16
  %v54 = load i8, ptr addrspace(1) %t17, align 1
  %v55 = sext i8 %v54 to i32
  %v56 = mul i32 %v51, %v55
  %v57 = add i32 %v45, %v56
  %v59 = add nsw i32 %i.24, 3
  ; line 25
  %t18 = sext i32 %v59 to i64
  %t19 = getelementptr inbounds i8, ptr addrspace(1) %w.0, i64 %t18
  %v60 = load i8, ptr addrspace(1) %t19, align 1
  %v61 = sext i8 %v60 to i32
  %v63 = and i32 %v61, 15
  %v65 = add nsw i32 %j.26, 3
  %t20 = sext i32 %v65 to i64
  %t21 = getelementptr inbounds i8, ptr addrspace(1) %x.1, i64 %t20
  %v66 = load i8, ptr addrspace(1) %t21, align 1
  %v67 = sext i8 %v66 to i32
  %v68 = mul i32 %v63, %v67
  %v69 = add i32 %v57, %v68
  ; line 81
  %v72 = mul nsw i32 %t1, 16
  %v74 = mul nsw i32 4, %lane.13
  %i.75 = add nsw i32 %v72, %v74
  %v78 = mul nsw i32 4, %lane.13
  %j.79 = add nsw i32 16, %v78
  ; line 29
  %t22 = sext i32 %i.75 to i64
  %t23 = getelementptr inbounds i8, ptr addrspace(1) %w.0, i64 %t22
  %v80 = load i8, ptr addrspace(1) %t23, align 1
  %v81 = sext i8 %v80 to i32
  %v83 = ashr i32 %v81, 4
  %v85 = and i32 %v83, 15
  %t24 = sext i32 %j.79 to i64
  %t25 = getelementptr inbounds i8, ptr addrspace(1) %x.1, i64 %t24
  %v86 = load i8, ptr addrspace(1) %t25, align 1
  %v87 = sext i8 %v86 to i32
  %v88 = mul i32 %v85, %v87
  %v90 = add nsw i32 %i.75, 1
  ; line 30
  %t26 = sext i32 %v90 to i64
  %t27 = getelementptr inbounds i8, ptr addrspace(1) %w.0, i64 %t26
  %v91 = load i8, ptr addrspace(1) %t27, align 1
  %v92 = sext i8 %v91 to i32
  %v94 = ashr i32 %v92, 4
  %v96 = and i32 %v94, 15
  %v98 = add nsw i32 %j.79, 1
  %t28 = sext i32 %v98 to i64
  %t29 = getelementptr inbounds i8, ptr addrspace(1) %x.1, i64 %t28
  %v99 = load i8, ptr addrspace(1) %t29, align 1
  %v100 = sext i8 %v99 to i32
  %v101 = mul i32 %v96, %v100
  %v102 = add i32 %v88, %v101
  %v104 = add nsw i32 %i.75, 2
  ; line 31
  %t30 = sext i32 %v104 to i64
  %t31 = getelementptr inbounds i8, ptr addrspace(1) %w.0, i64 %t30
  %v105 = load i8, ptr addrspace(1) %t31, align 1
  %v106 = sext i8 %v105 to i32
  %v108 = ashr i32 %v106, 4
  %v110 = and i32 %v108, 15
  %v112 = add nsw i32 %j.79, 2
  %t32 = sext i32 %v112 to i64
  %t33 = getelementptr inbounds i8, ptr addrspace(1) %x.1, i64 %t32
  %v113 = load i8, ptr addrspace(1) %t33, align 1
  %v114 = sext i8 %v113 to i32
  %v115 = mul i32 %v110, %v114
  %v116 = add i32 %v102, %v115
  %v118 = add nsw i32 %i.75, 3
  ; line 32
  %t34 = sext i32 %v118 to i64
  %t35 = getelementptr inbounds i8, ptr addrspace(1) %w.0, i64 %t34
  %v119 = load i8, ptr addrspace(1) %t35, align 1
  %v120 = sext i8 %v119 to i32
  %v122 = ashr i32 %v120, 4
  %v124 = and i32 %v122, 15
  %v126 = add nsw i32 %j.79, 3
  %t36 = sext i32 %v126 to i64
  %t37 = getelementptr inbounds i8, ptr addrspace(1) %x.1, i64 %t36
  %v127 = load i8, ptr addrspace(1) %t37, align 1
  %v128 = sext i8 %v127 to i32
  %v129 = mul i32 %v124, %v128
  %v130 = add i32 %v116, %v129
  ; line 81
  %v132 = add i32 %v69, %v130
  %v133 = sitofp i32 %v132 to float
  %v134 = fmul reassoc nsz arcp contract float 0x3FE0000000000000, %v133
  %v135 = fadd reassoc nsz arcp contract float %v18, %v134
  %t38 = sext i32 %lane.13 to i64
  %t39 = getelementptr inbounds float, ptr %array.9, i64 %t38
  store float %v135, ptr %t39, align 4
  ; line 79
  %lane.137 = add i32 %lane.13, 1
  br label %b4
b5:
  ; line 83
  %t40 = getelementptr inbounds float, ptr %array.9, i64 0
  %v139 = load float, ptr %t40, align 4
  %t41 = getelementptr inbounds float, ptr %array.9, i64 1
  %v141 = load float, ptr %t41, align 4
  %v142 = fadd reassoc nsz arcp contract float %v139, %v141
  %t42 = getelementptr inbounds float, ptr %array.9, i64 2
  %v144 = load float, ptr %t42, align 4
  %v145 = fadd reassoc nsz arcp contract float %v142, %v144
  %t43 = getelementptr inbounds float, ptr %array.9, i64 3
  %v147 = load float, ptr %t43, align 4
  %v148 = fadd reassoc nsz arcp contract float %v145, %v147
  %t44 = sext i32 %t1 to i64
  %t45 = getelementptr inbounds float, ptr addrspace(1) %out.2, i64 %t44
  store float %v148, ptr addrspace(1) %t45, align 4
  br label %exit
exit:
  ret void
}

!opencl.enable.FP_CONTRACT = !{}

declare spir_func i64 @_Z13get_global_idj(i32)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
