; kernel SplitAttention.attendSplits

target triple = "spirv64v1.2-unknown-unknown"
@SplitAttention_attendSplits_local30 = internal addrspace(3) global [2048 x float] undef, align 16
@SplitAttention_attendSplits_local32 = internal addrspace(3) global [4096 x float] undef, align 16
@SplitAttention_attendSplits_local34 = internal addrspace(3) global [512 x float] undef, align 16
@SplitAttention_attendSplits_local36 = internal addrspace(3) global [16 x float] undef, align 16

define spir_kernel void @SplitAttention_attendSplits(
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(32768) %q.1,
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(131072) %keys.2,
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(131072) %values.3,
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(1) %packedKeys.4,
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(1) %packedValues.5,
  ptr addrspace(1) noalias nocapture writeonly align 16 dereferenceable(4096) %parts.6,
  ptr addrspace(1) noalias nocapture writeonly align 16 dereferenceable(128) %stats.7,
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(16) %step.8) nounwind !reqd_work_group_size !0 {
entry:
  %array.38 = alloca [64 x float], align 64
  %array.40 = alloca [16 x float], align 64
  %array.138 = alloca [16 x float], align 64
  %t0 = call spir_func i64 @_Z12get_local_idj(i32 0)
  %t1 = trunc i64 %t0 to i32
  %t2 = call spir_func i64 @_Z12get_group_idj(i32 0)
  %t3 = trunc i64 %t2 to i32
  %t4 = call spir_func i64 @_Z12get_group_idj(i32 1)
  %t5 = trunc i64 %t4 to i32
  br label %b0
b0:
  call void @llvm.memset.p0.i64(ptr align 64 %array.38, i8 0, i64 256, i1 false)
  call void @llvm.memset.p0.i64(ptr align 64 %array.40, i8 0, i64 64, i1 false)
  %firstHead.44 = mul i32 %t5, 2
  %t6 = getelementptr inbounds i32, ptr addrspace(1) %step.8, i64 1
  %v46 = load i32, ptr addrspace(1) %t6, align 4
  %tokens.48 = call i32 @llvm.smin.i32(i32 %v46, i32 1)
  %v50 = icmp sle i32 %tokens.48, 0
  br i1 %v50, label %b1, label %b2
b2:
  %t7 = getelementptr inbounds i32, ptr addrspace(1) %step.8, i64 0
  %v62 = load i32, ptr addrspace(1) %t7, align 4
  br label %b3
b1:
  br label %b3
b3:
  %position.73 = phi i32 [ %v62, %b2 ], [ -1, %b1 ]
  %v76 = sub i32 %position.73, 512
  %v78 = add i32 %v76, 1
  %first.79 = call i32 @llvm.smax.i32(i32 0, i32 %v78)
  %v80 = sub i32 %position.73, %first.79
  %seen.82 = add i32 %v80, 1
  %v84 = add i32 %seen.82, 64
  %v86 = sub i32 %v84, 1
  %v87 = sdiv i32 %v86, 64
  %v88 = call i32 @llvm.smin.i32(i32 8, i32 %v87)
  %used.89 = call i32 @llvm.smax.i32(i32 1, i32 %v88)
  %v90 = add i32 %seen.82, %used.89
  %v92 = sub i32 %v90, 1
  %t8 = icmp eq i32 %used.89, 0
  %t9 = icmp eq i32 %used.89, -1
  %t10 = or i1 %t8, %t9
  %t11 = select i1 %t10, i32 1, i32 %used.89
  %t12 = sdiv i32 %v92, %t11
  %t13 = sub i32 0, %v92
  %t14 = select i1 %t9, i32 %t13, i32 %t12
  %v93 = select i1 %t8, i32 0, i32 %t14
  %v95 = mul i32 %t3, %v93
  %from.96 = add i32 %first.79, %v95
  %v97 = add i32 %from.96, %v93
  %v99 = sub i32 %v97, 1
  %to.100 = call i32 @llvm.smin.i32(i32 %position.73, i32 %v99)
  %v102 = sdiv i32 %firstHead.44, 2
  %cache.103 = mul nsw i32 %v102, 512
  %v109 = icmp sle i32 %tokens.48, 0
  br i1 %v109, label %b6, label %b7
b7:
  br label %b8
b6:
  br label %b8
b8:
  %end.113 = phi i32 [ 128, %b7 ], [ 0, %b6 ]
  br label %b9
b9:
  %i.117 = phi i32 [ %t1, %b8 ], [ %i.136, %b11 ]
  %v118 = icmp sge i32 %i.117, %end.113
  br i1 %v118, label %b10, label %b11
b11:
  %slot.121 = sdiv i32 %i.117, 64
  %v122 = sdiv i32 %slot.121, 2
  %v123 = add i32 0, %v122
  %v125 = sub i32 %tokens.48, 1
  %token.126 = call i32 @llvm.smin.i32(i32 %v123, i32 %v125)
  %v127 = srem i32 %slot.121, 2
  %head.128 = add nsw i32 %firstHead.44, %v127
  %v129 = mul nsw i32 %token.126, 2
  %v130 = add nsw i32 %v129, %head.128
  %v131 = mul nsw i32 %v130, 64
  %v132 = srem i32 %i.117, 64
  %v133 = add nsw i32 %v131, %v132
  %t15 = sext i32 %v133 to i64
  %t16 = getelementptr inbounds float, ptr addrspace(1) %q.1, i64 %t15
  %v134 = load float, ptr addrspace(1) %t16, align 4
  %v135 = fmul reassoc nsz arcp contract float %v134, 0x3FC0000000000000
  %t17 = sext i32 %i.117 to i64
  %t18 = getelementptr inbounds float, ptr addrspace(3) @SplitAttention_attendSplits_local30, i64 %t17
  store float %v135, ptr addrspace(3) %t18, align 4
  %i.136 = add i32 %i.117, 128
  br label %b9
b10:
  call void @llvm.memset.p0.i64(ptr align 64 %array.138, i8 0, i64 64, i1 false)
  br label %b13
b13:
  %i.147 = phi i32 [ 0, %b10 ], [ %i.154, %b15 ]
  %v149 = icmp sge i32 %i.147, 64
  br i1 %v149, label %b14, label %b15
b15:
  %t19 = sext i32 %i.147 to i64
  %t20 = getelementptr inbounds float, ptr %array.38, i64 %t19
  store float 0x0000000000000000, ptr %t20, align 4
  %i.154 = add i32 %i.147, 1
  br label %b13
b14:
  br label %b16
b16:
  %slot.158 = phi i32 [ 0, %b14 ], [ %slot.166, %b18 ]
  %v160 = icmp sge i32 %slot.158, 16
  br i1 %v160, label %b17, label %b18
b18:
  %t21 = sext i32 %slot.158 to i64
  %t22 = getelementptr inbounds float, ptr %array.40, i64 %t21
  store float 0x0000000000000000, ptr %t22, align 4
  %t23 = sext i32 %slot.158 to i64
  %t24 = getelementptr inbounds float, ptr %array.138, i64 %t23
  store float 0x0000000000000000, ptr %t24, align 4
  %slot.166 = add i32 %slot.158, 1
  br label %b16
b17:
  br label %b19
b19:
  %slot.169 = phi i32 [ %t1, %b17 ], [ %slot.174, %b21 ]
  %v170 = icmp sge i32 %slot.169, 2
  br i1 %v170, label %b20, label %b21
b21:
  %t25 = sext i32 %slot.169 to i64
  %t26 = getelementptr inbounds float, ptr addrspace(3) @SplitAttention_attendSplits_local36, i64 %t25
  store float 0xC6293E5940000000, ptr addrspace(3) %t26, align 4
  %slot.174 = add i32 %slot.169, 128
  br label %b19
b20:
  call spir_func void @_Z7barrierj(i32 1) convergent
  br label %b22
b22:
  %start.177 = phi i32 [ %from.96, %b20 ], [ %start.554, %b70 ]
  %v178 = icmp sgt i32 %start.177, %to.100
  br i1 %v178, label %b23, label %b24
b24:
  %v182 = sub i32 %to.100, %start.177
  %v184 = add i32 %v182, 1
  %count.185 = call i32 @llvm.smin.i32(i32 32, i32 %v184)
  %i.187 = sdiv i32 %t1, 8
  br label %b25
b25:
  %i.192 = phi i32 [ %i.187, %b24 ], [ %i.295, %b41 ]
  %v193 = icmp sge i32 %i.192, %count.185
  br i1 %v193, label %b26, label %b27
b27:
  %v198 = add i32 %start.177, %i.192
  %v199 = srem i32 %v198, 512
  %key.200 = add nsw i32 %cache.103, %v199
  br label %b28
b28:
  %slot.208 = phi i32 [ 0, %b27 ], [ %slot.218, %b30 ]
  %v209 = icmp sge i32 %slot.208, 2
  br i1 %v209, label %b29, label %b30
b30:
  %t27 = sext i32 %slot.208 to i64
  %t28 = getelementptr inbounds float, ptr %array.138, i64 %t27
  store float 0x0000000000000000, ptr %t28, align 4
  %slot.218 = add i32 %slot.208, 1
  br label %b28
b29:
  %d.220 = srem i32 %t1, 8
  br label %b31
b31:
  %d.227 = phi i32 [ %d.220, %b29 ], [ %d.267, %b38 ]
  %v228 = icmp sge i32 %d.227, 64
  br i1 %v228, label %b32, label %b33
b33:
  %v235 = mul nsw i32 %key.200, 64
  %v236 = add nsw i32 %v235, %d.227
  %t29 = sext i32 %v236 to i64
  %t30 = getelementptr inbounds float, ptr addrspace(1) %keys.2, i64 %t29
  %v237 = load float, ptr addrspace(1) %t30, align 4
  br label %b37
b37:
  %slot.249 = phi i32 [ 0, %b33 ], [ %slot.265, %b39 ]
  %v250 = icmp sge i32 %slot.249, 2
  br i1 %v250, label %b38, label %b39
b39:
  %t31 = sext i32 %slot.249 to i64
  %t32 = getelementptr inbounds float, ptr %array.138, i64 %t31
  %v258 = load float, ptr %t32, align 4
  %v259 = mul nsw i32 %slot.249, 64
  %v260 = add nsw i32 %v259, %d.227
  %t33 = sext i32 %v260 to i64
  %t34 = getelementptr inbounds float, ptr addrspace(3) @SplitAttention_attendSplits_local30, i64 %t33
  %v261 = load float, ptr addrspace(3) %t34, align 4
  %v262 = fmul reassoc nsz arcp contract float %v237, %v261
  %v263 = fadd reassoc nsz arcp contract float %v258, %v262
  %t35 = sext i32 %slot.249 to i64
  %t36 = getelementptr inbounds float, ptr %array.138, i64 %t35
  store float %v263, ptr %t36, align 4
  %slot.265 = add i32 %slot.249, 1
  br label %b37
b38:
  %d.267 = add i32 %d.227, 8
  br label %b31
b32:
  br label %b40
b40:
  %slot.275 = phi i32 [ 0, %b32 ], [ %slot.292, %b42 ]
  %v276 = icmp sge i32 %slot.275, 2
  br i1 %v276, label %b41, label %b42
b42:
  %v283 = mul nsw i32 %slot.275, 32
  %v284 = add nsw i32 %v283, %i.192
  %v286 = mul nsw i32 %v284, 8
  %v288 = srem i32 %t1, 8
  %v289 = add nsw i32 %v286, %v288
  %t37 = sext i32 %slot.275 to i64
  %t38 = getelementptr inbounds float, ptr %array.138, i64 %t37
  %v290 = load float, ptr %t38, align 4
  %t39 = sext i32 %v289 to i64
  %t40 = getelementptr inbounds float, ptr addrspace(3) @SplitAttention_attendSplits_local32, i64 %t39
  store float %v290, ptr addrspace(3) %t40, align 4
  %slot.292 = add i32 %slot.275, 1
  br label %b40
b41:
  %i.295 = add i32 %i.192, 16
  br label %b25
b26:
  call spir_func void @_Z7barrierj(i32 1) convergent
  br label %b43
b43:
  %i.300 = phi i32 [ %t1, %b26 ], [ %i.348, %b46 ]
  %v303 = icmp sge i32 %i.300, 64
  br i1 %v303, label %b44, label %b45
b45:
  %v309 = srem i32 %i.300, 32
  %seenFrom.310 = add i32 %start.177, %v309
  %v312 = sdiv i32 %i.300, 32
  %v313 = sdiv i32 %v312, 2
  %token.314 = add i32 %position.73, %v313
  %v316 = icmp sgt i32 %seenFrom.310, %to.100
  br i1 %v316, label %b46, label %b47
b47:
  %v325 = icmp sgt i32 %seenFrom.310, %token.314
  br i1 %v325, label %b46, label %b48
b48:
  %v326 = sub i32 %token.314, 512
  %v327 = icmp sle i32 %seenFrom.310, %v326
  br i1 %v327, label %b46, label %b49
b49:
  br label %b50
b50:
  %score.337 = phi float [ 0x0000000000000000, %b49 ], [ %score.345, %b51 ]
  %k.338 = phi i32 [ 0, %b49 ], [ %k.347, %b51 ]
  %v340 = icmp sge i32 %k.338, 8
  br i1 %v340, label %b46, label %b51
b51:
  %v342 = mul nsw i32 %i.300, 8
  %v343 = add nsw i32 %v342, %k.338
  %t41 = sext i32 %v343 to i64
  %t42 = getelementptr inbounds float, ptr addrspace(3) @SplitAttention_attendSplits_local32, i64 %t41
  %v344 = load float, ptr addrspace(3) %t42, align 4
  %score.345 = fadd reassoc nsz arcp contract float %score.337, %v344
  %k.347 = add i32 %k.338, 1
  br label %b50
b46:
  %score.324 = phi float [ 0xC6293E5940000000, %b45 ], [ 0xC6293E5940000000, %b47 ], [ 0xC6293E5940000000, %b48 ], [ %score.337, %b50 ]
  %t43 = sext i32 %i.300 to i64
  %t44 = getelementptr inbounds float, ptr addrspace(3) @SplitAttention_attendSplits_local34, i64 %t43
  store float %score.324, ptr addrspace(3) %t44, align 4
  %i.348 = add i32 %i.300, 128
  br label %b43
b44:
  call spir_func void @_Z7barrierj(i32 1) convergent
  br label %b52
b52:
  %slot.354 = phi i32 [ 0, %b44 ], [ %slot.413, %b59 ]
  %v355 = icmp sge i32 %slot.354, 2
  br i1 %v355, label %b53, label %b54
b54:
  %t45 = sext i32 %slot.354 to i64
  %t46 = getelementptr inbounds float, ptr addrspace(3) @SplitAttention_attendSplits_local36, i64 %t45
  %before.360 = load float, ptr addrspace(3) %t46, align 4
  br label %b55
b55:
  %peak.368 = phi float [ %before.360, %b54 ], [ %peak.383, %b57 ]
  %i.369 = phi i32 [ 0, %b54 ], [ %i.385, %b57 ]
  %v371 = icmp sge i32 %i.369, 32
  br i1 %v371, label %b56, label %b57
b57:
  %v380 = mul nsw i32 %slot.354, 32
  %v381 = add nsw i32 %v380, %i.369
  %t47 = sext i32 %v381 to i64
  %t48 = getelementptr inbounds float, ptr addrspace(3) @SplitAttention_attendSplits_local34, i64 %t47
  %v382 = load float, ptr addrspace(3) %t48, align 4
  %peak.383 = call float @sirocco.maximum.f32(float %peak.368, float %v382)
  %i.385 = add i32 %i.369, 1
  br label %b55
b56:
  %t49 = sext i32 %slot.354 to i64
  %t50 = getelementptr inbounds float, ptr %array.138, i64 %t49
  store float %peak.368, ptr %t50, align 4
  %v386 = fsub reassoc nsz arcp contract float %before.360, %peak.368
  %correction.387 = call float @llvm.exp.f32(float %v386)
  %t51 = sext i32 %slot.354 to i64
  %t52 = getelementptr inbounds float, ptr %array.40, i64 %t51
  %v388 = load float, ptr %t52, align 4
  %v389 = fmul reassoc nsz arcp contract float %v388, %correction.387
  %t53 = sext i32 %slot.354 to i64
  %t54 = getelementptr inbounds float, ptr %array.40, i64 %t53
  store float %v389, ptr %t54, align 4
  br label %b58
b58:
  %j.399 = phi i32 [ 0, %b56 ], [ %j.411, %b60 ]
  %v400 = icmp sge i32 %j.399, 1
  br i1 %v400, label %b59, label %b60
b60:
  %v406 = mul nsw i32 %slot.354, 1
  %v407 = add nsw i32 %v406, %j.399
  %t55 = sext i32 %v407 to i64
  %t56 = getelementptr inbounds float, ptr %array.38, i64 %t55
  %v408 = load float, ptr %t56, align 4
  %v409 = fmul reassoc nsz arcp contract float %v408, %correction.387
  %t57 = sext i32 %v407 to i64
  %t58 = getelementptr inbounds float, ptr %array.38, i64 %t57
  store float %v409, ptr %t58, align 4
  %j.411 = add i32 %j.399, 1
  br label %b58
b59:
  %slot.413 = add i32 %slot.354, 1
  br label %b52
b53:
  call spir_func void @_Z7barrierj(i32 1) convergent
  br label %b61
b61:
  %slot.419 = phi i32 [ 0, %b53 ], [ %slot.458, %b67 ]
  %v420 = icmp sge i32 %slot.419, 2
  br i1 %v420, label %b62, label %b63
b63:
  br label %b64
b64:
  %i.430 = phi i32 [ %t1, %b63 ], [ %i.448, %b66 ]
  %v432 = icmp sge i32 %i.430, 32
  br i1 %v432, label %b65, label %b66
b66:
  %v439 = mul nsw i32 %slot.419, 32
  %v440 = add nsw i32 %v439, %i.430
  %v442 = mul nsw i32 %slot.419, 32
  %v443 = add nsw i32 %v442, %i.430
  %t59 = sext i32 %v443 to i64
  %t60 = getelementptr inbounds float, ptr addrspace(3) @SplitAttention_attendSplits_local34, i64 %t59
  %v444 = load float, ptr addrspace(3) %t60, align 4
  %t61 = sext i32 %slot.419 to i64
  %t62 = getelementptr inbounds float, ptr %array.138, i64 %t61
  %v445 = load float, ptr %t62, align 4
  %v446 = fsub reassoc nsz arcp contract float %v444, %v445
  %v447 = call float @llvm.exp.f32(float %v446)
  %t63 = sext i32 %v440 to i64
  %t64 = getelementptr inbounds float, ptr addrspace(3) @SplitAttention_attendSplits_local34, i64 %t63
  store float %v447, ptr addrspace(3) %t64, align 4
  %i.448 = add i32 %i.430, 128
  br label %b64
b65:
  %v450 = icmp ne i32 %t1, 0
  br i1 %v450, label %b67, label %b68
b68:
  %t65 = sext i32 %slot.419 to i64
  %t66 = getelementptr inbounds float, ptr %array.138, i64 %t65
  %v456 = load float, ptr %t66, align 4
  %t67 = sext i32 %slot.419 to i64
  %t68 = getelementptr inbounds float, ptr addrspace(3) @SplitAttention_attendSplits_local36, i64 %t67
  store float %v456, ptr addrspace(3) %t68, align 4
  br label %b67
b67:
  %slot.458 = add i32 %slot.419, 1
  br label %b61
b62:
  call spir_func void @_Z7barrierj(i32 1) convergent
  br label %b69
b69:
  %i.464 = phi i32 [ 0, %b62 ], [ %i.552, %b76 ]
  %v465 = icmp sge i32 %i.464, %count.185
  br i1 %v465, label %b70, label %b71
b71:
  %v469 = add i32 %start.177, %i.464
  %v470 = srem i32 %v469, 512
  %value.471 = add nsw i32 %cache.103, %v470
  br label %b72
b72:
  %slot.479 = phi i32 [ 0, %b71 ], [ %slot.494, %b74 ]
  %v480 = icmp sge i32 %slot.479, 2
  br i1 %v480, label %b73, label %b74
b74:
  %t69 = sext i32 %slot.479 to i64
  %t70 = getelementptr inbounds float, ptr %array.40, i64 %t69
  %v487 = load float, ptr %t70, align 4
  %v489 = mul nsw i32 %slot.479, 32
  %v490 = add nsw i32 %v489, %i.464
  %t71 = sext i32 %v490 to i64
  %t72 = getelementptr inbounds float, ptr addrspace(3) @SplitAttention_attendSplits_local34, i64 %t71
  %v491 = load float, ptr addrspace(3) %t72, align 4
  %v492 = fadd reassoc nsz arcp contract float %v487, %v491
  %t73 = sext i32 %slot.479 to i64
  %t74 = getelementptr inbounds float, ptr %array.40, i64 %t73
  store float %v492, ptr %t74, align 4
  %slot.494 = add i32 %slot.479, 1
  br label %b72
b73:
  br label %b75
b75:
  %j.502 = phi i32 [ 0, %b73 ], [ %j.550, %b82 ]
  %v503 = icmp sge i32 %j.502, 1
  br i1 %v503, label %b76, label %b77
b77:
  %v509 = mul i32 %j.502, 128
  %v510 = add i32 %t1, %v509
  %d.513 = call i32 @llvm.smin.i32(i32 %v510, i32 63)
  %v514 = mul nsw i32 %value.471, 64
  %v515 = add nsw i32 %v514, %d.513
  %t75 = sext i32 %v515 to i64
  %t76 = getelementptr inbounds float, ptr addrspace(1) %values.3, i64 %t75
  %v516 = load float, ptr addrspace(1) %t76, align 4
  br label %b81
b81:
  %slot.529 = phi i32 [ 0, %b77 ], [ %slot.548, %b83 ]
  %v530 = icmp sge i32 %slot.529, 2
  br i1 %v530, label %b82, label %b83
b83:
  %v538 = mul nsw i32 %slot.529, 1
  %v539 = add nsw i32 %v538, %j.502
  %t77 = sext i32 %v539 to i64
  %t78 = getelementptr inbounds float, ptr %array.38, i64 %t77
  %v540 = load float, ptr %t78, align 4
  %v542 = mul nsw i32 %slot.529, 32
  %v543 = add nsw i32 %v542, %i.464
  %t79 = sext i32 %v543 to i64
  %t80 = getelementptr inbounds float, ptr addrspace(3) @SplitAttention_attendSplits_local34, i64 %t79
  %v544 = load float, ptr addrspace(3) %t80, align 4
  %v545 = fmul reassoc nsz arcp contract float %v544, %v516
  %v546 = fadd reassoc nsz arcp contract float %v540, %v545
  %t81 = sext i32 %v539 to i64
  %t82 = getelementptr inbounds float, ptr %array.38, i64 %t81
  store float %v546, ptr %t82, align 4
  %slot.548 = add i32 %slot.529, 1
  br label %b81
b82:
  %j.550 = add i32 %j.502, 1
  br label %b75
b76:
  %i.552 = add i32 %i.464, 1
  br label %b69
b70:
  %start.554 = add i32 %start.177, 32
  br label %b22
b23:
  call spir_func void @_Z7barrierj(i32 1) convergent
  %v555 = icmp sgt i32 %from.96, %to.100
  br i1 %v555, label %b84, label %b85
b85:
  br label %b86
b86:
  %slot.595 = phi i32 [ 0, %b85 ], [ %slot.700, %b93 ]
  %v596 = icmp sge i32 %slot.595, 2
  br i1 %v596, label %b84, label %b87
b87:
  %v597 = add nsw i32 %firstHead.44, %slot.595
  %v598 = mul nsw i32 %v597, 8
  %part.599 = add nsw i32 %v598, %t3
  br label %b88
b88:
  %j.620 = phi i32 [ 0, %b87 ], [ %j.670, %b91 ]
  %v621 = icmp sge i32 %j.620, 1
  br i1 %v621, label %b89, label %b90
b90:
  %v641 = mul i32 %j.620, 128
  %d.642 = add i32 %t1, %v641
  %v643 = icmp sge i32 %d.642, 64
  br i1 %v643, label %b91, label %b92
b92:
  %v664 = mul nsw i32 %part.599, 64
  %v665 = add nsw i32 %v664, %d.642
  %v666 = mul nsw i32 %slot.595, 1
  %v667 = add nsw i32 %v666, %j.620
  %t83 = sext i32 %v667 to i64
  %t84 = getelementptr inbounds float, ptr %array.38, i64 %t83
  %v668 = load float, ptr %t84, align 4
  %t85 = sext i32 %v665 to i64
  %t86 = getelementptr inbounds float, ptr addrspace(1) %parts.6, i64 %t85
  store float %v668, ptr addrspace(1) %t86, align 4
  br label %b91
b91:
  %j.670 = add i32 %j.620, 1
  br label %b88
b89:
  %v672 = icmp ne i32 %t1, 0
  br i1 %v672, label %b93, label %b94
b94:
  %v692 = mul nsw i32 %part.599, 2
  %t87 = sext i32 %slot.595 to i64
  %t88 = getelementptr inbounds float, ptr addrspace(3) @SplitAttention_attendSplits_local36, i64 %t87
  %v693 = load float, ptr addrspace(3) %t88, align 4
  %t89 = sext i32 %v692 to i64
  %t90 = getelementptr inbounds float, ptr addrspace(1) %stats.7, i64 %t89
  store float %v693, ptr addrspace(1) %t90, align 4
  %v695 = mul nsw i32 %part.599, 2
  %v697 = add nsw i32 %v695, 1
  %t91 = sext i32 %slot.595 to i64
  %t92 = getelementptr inbounds float, ptr %array.40, i64 %t91
  %v698 = load float, ptr %t92, align 4
  %t93 = sext i32 %v697 to i64
  %t94 = getelementptr inbounds float, ptr addrspace(1) %stats.7, i64 %t93
  store float %v698, ptr addrspace(1) %t94, align 4
  br label %b93
b93:
  %slot.700 = add i32 %slot.595, 1
  br label %b86
b84:
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

declare spir_func i64 @_Z12get_local_idj(i32)
declare spir_func i64 @_Z12get_group_idj(i32)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
declare i32 @llvm.smin.i32(i32, i32)
declare i32 @llvm.smax.i32(i32, i32)
declare spir_func void @_Z7barrierj(i32)
declare float @llvm.exp.f32(float)

!0 = !{i32 128, i32 1, i32 1}
