; kernel GroupNorm.groupNorm

target triple = "spirv64v1.2-unknown-unknown"
@GroupNorm_groupNorm_local21 = internal addrspace(3) global [1024 x float] undef, align 16
@GroupNorm_groupNorm_local23 = internal addrspace(3) global [2112 x float] undef, align 16

define spir_kernel void @GroupNorm_groupNorm(
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(262144) %x.1,
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(4096) %weight.2,
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(262144) %out.3,
  ptr addrspace(1) noalias nocapture writeonly align 16 dereferenceable(65536) %values.4,
  ptr addrspace(1) noalias nocapture writeonly align 16 dereferenceable(8448) %scales.5,
  ptr addrspace(1) noalias nocapture writeonly align 16 dereferenceable(16896) %halfSums.6,
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(16) %step.7) nounwind !reqd_work_group_size !0 {
entry:
  %t0 = call spir_func i64 @_Z12get_local_idj(i32 0)
  %t1 = trunc i64 %t0 to i32
  %t2 = call spir_func i64 @_Z12get_group_idj(i32 0)
  %t3 = trunc i64 %t2 to i32
  br label %b0
b0:
  %t4 = getelementptr inbounds i32, ptr addrspace(1) %step.7, i64 1
  %v27 = load i32, ptr addrspace(1) %t4, align 4
  %v28 = icmp sge i32 %t3, %v27
  br i1 %v28, label %b1, label %b2
b2:
  br label %b3
b1:
  br label %b3
b3:
  %end.37 = phi i32 [ 1024, %b2 ], [ 0, %b1 ]
  %t5 = getelementptr inbounds i32, ptr addrspace(1) %step.7, i64 2
  %v40 = load i32, ptr addrspace(1) %t5, align 4
  %v41 = add nsw i32 %v40, %t3
  %from.42 = mul nsw i32 %v41, 1024
  %to.43 = mul i32 %t3, 1024
  %rounds.45 = sdiv i32 %end.37, 128
  br label %b4
b4:
  %squares.54 = phi float [ 0x0000000000000000, %b3 ], [ %squares.72, %b6 ]
  %round.56 = phi i32 [ 0, %b3 ], [ %round.74, %b6 ]
  %v57 = icmp sge i32 %round.56, %rounds.45
  br i1 %v57, label %b5, label %b6
b6:
  %v67 = mul nsw i32 %round.56, 128
  %v68 = add nsw i32 %from.42, %v67
  %v69 = add nsw i32 %v68, %t1
  %t6 = sext i32 %v69 to i64
  %t7 = getelementptr inbounds float, ptr addrspace(1) %x.1, i64 %t6
  %element.70 = load float, ptr addrspace(1) %t7, align 4
  %v71 = fmul reassoc nsz arcp contract float %element.70, %element.70
  %squares.72 = fadd reassoc nsz arcp contract float %squares.54, %v71
  %round.74 = add i32 %round.56, 1
  br label %b4
b5:
  %v75 = mul i32 %rounds.45, 128
  %i.76 = add i32 %v75, %t1
  br label %b7
b7:
  %squares.84 = phi float [ %squares.54, %b5 ], [ %squares.102, %b9 ]
  %i.86 = phi i32 [ %i.76, %b5 ], [ %i.103, %b9 ]
  %v87 = icmp sge i32 %i.86, %end.37
  br i1 %v87, label %b8, label %b9
b9:
  %v97 = add nsw i32 %from.42, %i.86
  %t8 = sext i32 %v97 to i64
  %t9 = getelementptr inbounds float, ptr addrspace(1) %x.1, i64 %t8
  %v98 = load float, ptr addrspace(1) %t9, align 4
  %v99 = add nsw i32 %from.42, %i.86
  %t10 = sext i32 %v99 to i64
  %t11 = getelementptr inbounds float, ptr addrspace(1) %x.1, i64 %t10
  %v100 = load float, ptr addrspace(1) %t11, align 4
  %v101 = fmul reassoc nsz arcp contract float %v98, %v100
  %squares.102 = fadd reassoc nsz arcp contract float %squares.84, %v101
  %i.103 = add i32 %i.86, 128
  br label %b7
b8:
  %t12 = sext i32 %t1 to i64
  %t13 = getelementptr inbounds float, ptr addrspace(3) @GroupNorm_groupNorm_local21, i64 %t12
  store float %squares.84, ptr addrspace(3) %t13, align 4
  call spir_func void @_Z7barrierj(i32 1) convergent
  br label %b11
b11:
  %stride.107 = phi i32 [ 64, %b8 ], [ %stride.127, %b14 ]
  %v109 = icmp sle i32 %stride.107, 0
  br i1 %v109, label %b12, label %b13
b13:
  %v110 = icmp sge i32 %t1, %stride.107
  br i1 %v110, label %b14, label %b15
b15:
  br label %b16
b16:
  %row.114 = phi i32 [ 0, %b15 ], [ %row.125, %b17 ]
  %v115 = icmp sge i32 %row.114, 1
  br i1 %v115, label %b14, label %b17
b17:
  %v116 = mul nsw i32 %row.114, 128
  %v117 = add nsw i32 %v116, %t1
  %t14 = sext i32 %v117 to i64
  %t15 = getelementptr inbounds float, ptr addrspace(3) @GroupNorm_groupNorm_local21, i64 %t14
  %v118 = load float, ptr addrspace(3) %t15, align 4
  %v119 = mul nsw i32 %row.114, 128
  %v120 = add nsw i32 %v119, %t1
  %v121 = add nsw i32 %v120, %stride.107
  %t16 = sext i32 %v121 to i64
  %t17 = getelementptr inbounds float, ptr addrspace(3) @GroupNorm_groupNorm_local21, i64 %t16
  %v122 = load float, ptr addrspace(3) %t17, align 4
  %v123 = fadd reassoc nsz arcp contract float %v118, %v122
  %t18 = sext i32 %v117 to i64
  %t19 = getelementptr inbounds float, ptr addrspace(3) @GroupNorm_groupNorm_local21, i64 %t18
  store float %v123, ptr addrspace(3) %t19, align 4
  %row.125 = add i32 %row.114, 1
  br label %b16
b14:
  call spir_func void @_Z7barrierj(i32 1) convergent
  %stride.127 = sdiv i32 %stride.107, 2
  br label %b11
b12:
  %t20 = getelementptr inbounds float, ptr addrspace(3) @GroupNorm_groupNorm_local21, i64 0
  %v130 = load float, ptr addrspace(3) %t20, align 4
  %v132 = fdiv reassoc nsz arcp contract float %v130, 0x4090000000000000
  %v133 = fadd reassoc nsz arcp contract float %v132, 0x3EE4F8B580000000
  %v134 = call float @llvm.sqrt.f32(float %v133)
  %scale.135 = fdiv reassoc nsz arcp contract float 0x3FF0000000000000, %v134
  br label %b18
b18:
  %first.147 = phi i32 [ 0, %b12 ], [ %first.448, %b43 ]
  %v148 = icmp sge i32 %first.147, %end.37
  br i1 %v148, label %b19, label %b20
b20:
  %v160 = sub i32 %end.37, %first.147
  %count.161 = call i32 @llvm.smin.i32(i32 2048, i32 %v160)
  %whole.162 = sdiv i32 %count.161, 128
  br label %b21
b21:
  %round.177 = phi i32 [ 0, %b20 ], [ %round.212, %b23 ]
  %v178 = icmp sge i32 %round.177, %whole.162
  br i1 %v178, label %b22, label %b23
b23:
  %v192 = mul i32 %round.177, 128
  %i.193 = add i32 %v192, %t1
  %v194 = add nsw i32 %from.42, %first.147
  %v195 = add nsw i32 %v194, %i.193
  %t21 = sext i32 %v195 to i64
  %t22 = getelementptr inbounds float, ptr addrspace(1) %x.1, i64 %t21
  %v196 = load float, ptr addrspace(1) %t22, align 4
  %v197 = fmul reassoc nsz arcp contract float %v196, %scale.135
  %v198 = add nsw i32 %first.147, %i.193
  %t23 = sext i32 %v198 to i64
  %t24 = getelementptr inbounds float, ptr addrspace(1) %weight.2, i64 %t23
  %v199 = load float, ptr addrspace(1) %t24, align 4
  %normed.200 = fmul reassoc nsz arcp contract float %v197, %v199
  %v208 = sdiv i32 %i.193, 32
  %v209 = add nsw i32 %i.193, %v208
  %t25 = sext i32 %v209 to i64
  %t26 = getelementptr inbounds float, ptr addrspace(3) @GroupNorm_groupNorm_local23, i64 %t25
  store float %normed.200, ptr addrspace(3) %t26, align 4
  %round.212 = add i32 %round.177, 1
  br label %b21
b22:
  %v213 = mul i32 %whole.162, 128
  %i.214 = add i32 %v213, %t1
  br label %b30
b30:
  %i.228 = phi i32 [ %i.214, %b22 ], [ %i.260, %b32 ]
  %v229 = icmp sge i32 %i.228, %count.161
  br i1 %v229, label %b31, label %b32
b32:
  %v243 = add nsw i32 %from.42, %first.147
  %v244 = add nsw i32 %v243, %i.228
  %t27 = sext i32 %v244 to i64
  %t28 = getelementptr inbounds float, ptr addrspace(1) %x.1, i64 %t27
  %v245 = load float, ptr addrspace(1) %t28, align 4
  %v246 = fmul reassoc nsz arcp contract float %v245, %scale.135
  %v247 = add nsw i32 %first.147, %i.228
  %t29 = sext i32 %v247 to i64
  %t30 = getelementptr inbounds float, ptr addrspace(1) %weight.2, i64 %t29
  %v248 = load float, ptr addrspace(1) %t30, align 4
  %normed.249 = fmul reassoc nsz arcp contract float %v246, %v248
  %v257 = sdiv i32 %i.228, 32
  %v258 = add nsw i32 %i.228, %v257
  %t31 = sext i32 %v258 to i64
  %t32 = getelementptr inbounds float, ptr addrspace(3) @GroupNorm_groupNorm_local23, i64 %t31
  store float %normed.249, ptr addrspace(3) %t32, align 4
  %i.260 = add i32 %i.228, 128
  br label %b30
b31:
  call spir_func void @_Z7barrierj(i32 1) convergent
  %at.274 = add i32 %to.43, %first.147
  br label %b42
b42:
  %block.275 = phi i32 [ %t1, %b31 ], [ %block.446, %b89 ]
  %v277 = sdiv i32 %count.161, 32
  %v278 = icmp sge i32 %block.275, %v277
  br i1 %v278, label %b43, label %b44
b44:
  %i.280 = mul i32 %block.275, 32
  %v282 = sdiv i32 %i.280, 32
  %v283 = add nsw i32 %i.280, %v282
  br label %b46
b46:
  %largest.289 = phi float [ 0x0000000000000000, %b44 ], [ %largest.299, %b48 ]
  %i.290 = phi i32 [ 0, %b44 ], [ %i.301, %b48 ]
  %v292 = icmp sge i32 %i.290, 32
  br i1 %v292, label %b47, label %b48
b48:
  %v296 = add nsw i32 %v283, %i.290
  %t33 = sext i32 %v296 to i64
  %t34 = getelementptr inbounds float, ptr addrspace(3) @GroupNorm_groupNorm_local23, i64 %t33
  %v297 = load float, ptr addrspace(3) %t34, align 4
  %v298 = call float @llvm.fabs.f32(float %v297)
  %largest.299 = call float @sirocco.maximum.f32(float %largest.289, float %v298)
  %i.301 = add i32 %i.290, 1
  br label %b46
b47:
  %v303 = fcmp ogt float %largest.289, 0x0000000000000000
  br i1 %v303, label %b50, label %b49
b50:
  %v308 = fdiv reassoc nsz arcp contract float 0x405FC00000000000, %largest.289
  br label %b51
b49:
  br label %b51
b51:
  %inverse.312 = phi float [ %v308, %b50 ], [ 0x0000000000000000, %b49 ]
  %v315 = sdiv i32 %at.274, 32
  %to.316 = add nsw i32 %v315, %block.275
  br label %b52
b52:
  %first.325 = phi i32 [ 0, %b51 ], [ %first.395, %b62 ]
  %second.326 = phi i32 [ 0, %b51 ], [ %second.396, %b62 ]
  %i.327 = phi i32 [ 0, %b51 ], [ %i.398, %b62 ]
  %v329 = icmp sge i32 %i.327, 16
  br i1 %v329, label %b53, label %b54
b54:
  %v337 = add nsw i32 %v283, %i.327
  %t35 = sext i32 %v337 to i64
  %t36 = getelementptr inbounds float, ptr addrspace(3) @GroupNorm_groupNorm_local23, i64 %t35
  %v338 = load float, ptr addrspace(3) %t36, align 4
  %value.339 = fmul reassoc nsz arcp contract float %v338, %inverse.312
  %v341 = fcmp olt float %value.339, 0x0000000000000000
  br i1 %v341, label %b57, label %b56
b57:
  br label %b58
b56:
  br label %b58
b58:
  %v345 = phi float [ 0xBFE0000000000000, %b57 ], [ 0x3FE0000000000000, %b56 ]
  %v347 = fadd reassoc nsz arcp contract float %value.339, %v345
  %v348 = call i32 @sirocco.whole.f32.i32(float %v347)
  %v351 = add nsw i32 %v283, 16
  %v352 = add nsw i32 %v351, %i.327
  %t37 = sext i32 %v352 to i64
  %t38 = getelementptr inbounds float, ptr addrspace(3) @GroupNorm_groupNorm_local23, i64 %t37
  %v353 = load float, ptr addrspace(3) %t38, align 4
  %value.354 = fmul reassoc nsz arcp contract float %v353, %inverse.312
  %v356 = fcmp olt float %value.354, 0x0000000000000000
  br i1 %v356, label %b61, label %b60
b61:
  br label %b62
b60:
  br label %b62
b62:
  %v360 = phi float [ 0xBFE0000000000000, %b61 ], [ 0x3FE0000000000000, %b60 ]
  %v362 = fadd reassoc nsz arcp contract float %value.354, %v360
  %v363 = call i32 @sirocco.whole.f32.i32(float %v362)
  %v368 = mul nsw i32 %to.316, 34
  %v372 = add nsw i32 %v368, 2
  %v373 = add nsw i32 %v372, %i.327
  %v376 = trunc i32 %v348 to i8
  %v377 = sext i8 %v376 to i32
  %v378 = trunc i32 %v377 to i8
  %t39 = sext i32 %v373 to i64
  %t40 = getelementptr inbounds i8, ptr addrspace(1) %values.4, i64 %t39
  store i8 %v378, ptr addrspace(1) %t40, align 1
  %i.380 = add nsw i32 16, %i.327
  %v384 = mul nsw i32 %to.316, 34
  %v388 = add nsw i32 %v384, 2
  %v389 = add nsw i32 %v388, %i.380
  %v392 = trunc i32 %v363 to i8
  %v393 = sext i8 %v392 to i32
  %v394 = trunc i32 %v393 to i8
  %t41 = sext i32 %v389 to i64
  %t42 = getelementptr inbounds i8, ptr addrspace(1) %values.4, i64 %t41
  store i8 %v394, ptr addrspace(1) %t42, align 1
  %first.395 = add i32 %first.325, %v348
  %second.396 = add i32 %second.326, %v363
  %i.398 = add i32 %i.327, 1
  br label %b52
b53:
  %at.402 = mul nsw i32 %to.316, 34
  br label %b88
b88:
  %i.409 = phi i32 [ 0, %b53 ], [ %i.433, %b90 ]
  %v410 = icmp sge i32 %i.409, 2
  br i1 %v410, label %b89, label %b90
b90:
  %v413 = add nsw i32 %at.402, %i.409
  %t43 = sext i32 %v413 to i64
  %t44 = getelementptr inbounds i8, ptr addrspace(1) %values.4, i64 %t43
  store i8 0, ptr addrspace(1) %t44, align 1
  %i.433 = add i32 %i.409, 1
  br label %b88
b89:
  %scale.435 = fdiv reassoc nsz arcp contract float %largest.289, 0x405FC00000000000
  %t45 = sext i32 %to.316 to i64
  %t46 = getelementptr inbounds float, ptr addrspace(1) %scales.5, i64 %t45
  store float %scale.435, ptr addrspace(1) %t46, align 4
  %v437 = mul nsw i32 2, %to.316
  %v438 = sitofp i32 %first.325 to float
  %v439 = fmul reassoc nsz arcp contract float %scale.435, %v438
  %t47 = sext i32 %v437 to i64
  %t48 = getelementptr inbounds float, ptr addrspace(1) %halfSums.6, i64 %t47
  store float %v439, ptr addrspace(1) %t48, align 4
  %v441 = mul nsw i32 2, %to.316
  %v443 = add nsw i32 %v441, 1
  %v444 = sitofp i32 %second.326 to float
  %v445 = fmul reassoc nsz arcp contract float %scale.435, %v444
  %t49 = sext i32 %v443 to i64
  %t50 = getelementptr inbounds float, ptr addrspace(1) %halfSums.6, i64 %t49
  store float %v445, ptr addrspace(1) %t50, align 4
  %block.446 = add i32 %block.275, 128
  br label %b42
b43:
  call spir_func void @_Z7barrierj(i32 1) convergent
  %first.448 = add i32 %first.147, 2048
  br label %b18
b19:
  br label %exit
exit:
  ret void
}

!opencl.enable.FP_CONTRACT = !{}

define internal float @sirocco.maximum.f32(float %x, float %y) alwaysinline nounwind {
  %v0 = bitcast float %x to i32
  %v1 = bitcast float %y to i32
  %v2 = and i32 %v0, %v1
  %v3 = bitcast i32 %v2 to float
  %v4 = fadd float %x, %y
  %v5 = fcmp oeq float %x, %y
  %v6 = select i1 %v5, float %v3, float %v4
  %v7 = fcmp olt float %x, %y
  %v8 = select i1 %v7, float %y, float %v6
  %v9 = fcmp ogt float %x, %y
  %v10 = select i1 %v9, float %x, float %v8
  ret float %v10
}

define internal i32 @sirocco.whole.f32.i32(float %x) alwaysinline nounwind {
  %v0 = fcmp oge float %x, 0x41E0000000000000
  %v1 = fcmp oge float %x, 0xC1E0000000000000
  %v2 = xor i1 %v0, true
  %v3 = and i1 %v1, %v2
  %v4 = select i1 %v3, float %x, float 0x0000000000000000
  %v5 = fptosi float %v4 to i32
  %v6 = fcmp olt float %x, 0xC1E0000000000000
  %v7 = select i1 %v6, i32 -2147483648, i32 %v5
  %v8 = select i1 %v0, i32 2147483647, i32 %v7
  ret i32 %v8
}

declare spir_func i64 @_Z12get_local_idj(i32)
declare spir_func i64 @_Z12get_group_idj(i32)
declare spir_func void @_Z7barrierj(i32)
declare float @llvm.sqrt.f32(float)
declare i32 @llvm.smin.i32(i32, i32)
declare float @llvm.fabs.f32(float)

!0 = !{i32 128, i32 1, i32 1}
