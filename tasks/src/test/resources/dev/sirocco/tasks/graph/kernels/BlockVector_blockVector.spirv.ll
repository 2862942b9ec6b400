; kernel BlockVector.blockVector

target triple = "spirv64v1.2-unknown-unknown"
@BlockVector_blockVector_local20 = internal addrspace(3) global [1024 x float] undef, align 16

define spir_kernel void @BlockVector_blockVector(
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(1088000) %weights.1,
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(65536) %x.2,
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(8448) %scales.3,
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(16896) %halfSums.4,
  ptr addrspace(1) noalias nocapture writeonly align 16 dereferenceable(4000) %out.5,
  ptr addrspace(1) noalias nocapture readonly align 16 dereferenceable(16) %step.6) nounwind !reqd_work_group_size !0 {
entry:
  %array.29 = alloca [8 x float], align 64
  %t0 = call spir_func i64 @_Z12get_local_idj(i32 0)
  %t1 = trunc i64 %t0 to i32
  %t2 = call spir_func i64 @_Z12get_group_idj(i32 0)
  %t3 = trunc i64 %t2 to i32
  br label %b0
b0:
  %row.23 = mul i32 %t3, 2
  %t4 = getelementptr inbounds i32, ptr addrspace(1) %step.6, i64 1
  %tokens.25 = load i32, ptr addrspace(1) %t4, align 4
  call void @llvm.memset.p0.i64(ptr align 64 %array.29, i8 0, i64 32, i1 false)
  br label %b2
b2:
  %i.32 = phi i32 [ 0, %b0 ], [ %i.38, %b4 ]
  %v34 = icmp sge i32 %i.32, 8
  br i1 %v34, label %b3, label %b4
b4:
  %t5 = sext i32 %i.32 to i64
  %t6 = getelementptr inbounds float, ptr %array.29, i64 %t5
  store float 0x0000000000000000, ptr %t6, align 4
  %i.38 = add i32 %i.32, 1
  br label %b2
b3:
  %v40 = icmp sle i32 %tokens.25, 0
  br i1 %v40, label %b5, label %b6
b6:
  br label %b7
b5:
  br label %b7
b7:
  %end.43 = phi i32 [ 1024, %b6 ], [ 0, %b5 ]
  %v138 = sdiv i32 %end.43, 32
  %v142 = mul i32 %v138, 34
  %count.145 = sdiv i32 %v142, 16
  %rounds.146 = sdiv i32 %count.145, 64
  br label %b43
b43:
  %round.151 = phi i32 [ 0, %b7 ], [ %round.518, %b47 ]
  %v152 = icmp sge i32 %round.151, %rounds.146
  br i1 %v152, label %b44, label %b45
b45:
  %v156 = mul i32 %round.151, 64
  %v157 = add i32 %v156, %t1
  %at.159 = mul i32 %v157, 16
  br label %b46
b46:
  %i.166 = phi i32 [ 0, %b45 ], [ %i.516, %b48 ]
  %v167 = icmp sge i32 %i.166, 2
  br i1 %v167, label %b47, label %b48
b48:
  %v172 = add i32 %row.23, %i.166
  %i.175 = call i32 @llvm.smin.i32(i32 %v172, i32 999)
  %from.194 = mul nsw i32 %i.175, 1088
  %t7 = sext i32 %i.166 to i64
  %t8 = getelementptr inbounds float, ptr %array.29, i64 %t7
  %v195 = load float, ptr %t8, align 4
  %v199 = add i32 %at.159, 34
  %v201 = sub i32 %v199, 1
  %next.202 = sdiv i32 %v201, 34
  %v203 = mul i32 %next.202, 34
  %split.204 = sub i32 %v203, %at.159
  %v206 = sub i32 %next.202, 1
  %left.208 = call i32 @llvm.smax.i32(i32 %v206, i32 0)
  %right.213 = call i32 @llvm.smin.i32(i32 %next.202, i32 31)
  %i.221 = add nsw i32 %from.194, %at.159
  %t9 = sext i32 %i.221 to i64
  %t10 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t9
  %v222 = load i8, ptr addrspace(1) %t10, align 1
  %v223 = sext i8 %v222 to i32
  %t11 = sext i32 %at.159 to i64
  %t12 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t11
  %v224 = load i8, ptr addrspace(1) %t12, align 1
  %v225 = sext i8 %v224 to i32
  %v226 = mul i32 %v223, %v225
  %v228 = add nsw i32 %i.221, 1
  %t13 = sext i32 %v228 to i64
  %t14 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t13
  %v229 = load i8, ptr addrspace(1) %t14, align 1
  %v230 = sext i8 %v229 to i32
  %v232 = add nsw i32 %at.159, 1
  %t15 = sext i32 %v232 to i64
  %t16 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t15
  %v233 = load i8, ptr addrspace(1) %t16, align 1
  %v234 = sext i8 %v233 to i32
  %v235 = mul i32 %v230, %v234
  %v236 = add i32 %v226, %v235
  %v238 = add nsw i32 %i.221, 2
  %t17 = sext i32 %v238 to i64
  %t18 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t17
  %v239 = load i8, ptr addrspace(1) %t18, align 1
  %v240 = sext i8 %v239 to i32
  %v242 = add nsw i32 %at.159, 2
  %t19 = sext i32 %v242 to i64
  %t20 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t19
  %v243 = load i8, ptr addrspace(1) %t20, align 1
  %v244 = sext i8 %v243 to i32
  %v245 = mul i32 %v240, %v244
  %v246 = add i32 %v236, %v245
  %v248 = add nsw i32 %i.221, 3
  %t21 = sext i32 %v248 to i64
  %t22 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t21
  %v249 = load i8, ptr addrspace(1) %t22, align 1
  %v250 = sext i8 %v249 to i32
  %v252 = add nsw i32 %at.159, 3
  %t23 = sext i32 %v252 to i64
  %t24 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t23
  %v253 = load i8, ptr addrspace(1) %t24, align 1
  %v254 = sext i8 %v253 to i32
  %v255 = mul i32 %v250, %v254
  %v256 = add i32 %v246, %v255
  %v260 = add nsw i32 %from.194, %at.159
  %i.262 = add nsw i32 %v260, 4
  %j.264 = add nsw i32 %at.159, 4
  %t25 = sext i32 %i.262 to i64
  %t26 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t25
  %v265 = load i8, ptr addrspace(1) %t26, align 1
  %v266 = sext i8 %v265 to i32
  %t27 = sext i32 %j.264 to i64
  %t28 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t27
  %v267 = load i8, ptr addrspace(1) %t28, align 1
  %v268 = sext i8 %v267 to i32
  %v269 = mul i32 %v266, %v268
  %v271 = add nsw i32 %i.262, 1
  %t29 = sext i32 %v271 to i64
  %t30 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t29
  %v272 = load i8, ptr addrspace(1) %t30, align 1
  %v273 = sext i8 %v272 to i32
  %v275 = add nsw i32 %j.264, 1
  %t31 = sext i32 %v275 to i64
  %t32 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t31
  %v276 = load i8, ptr addrspace(1) %t32, align 1
  %v277 = sext i8 %v276 to i32
  %v278 = mul i32 %v273, %v277
  %v279 = add i32 %v269, %v278
  %v281 = add nsw i32 %i.262, 2
  %t33 = sext i32 %v281 to i64
  %t34 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t33
  %v282 = load i8, ptr addrspace(1) %t34, align 1
  %v283 = sext i8 %v282 to i32
  %v285 = add nsw i32 %j.264, 2
  %t35 = sext i32 %v285 to i64
  %t36 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t35
  %v286 = load i8, ptr addrspace(1) %t36, align 1
  %v287 = sext i8 %v286 to i32
  %v288 = mul i32 %v283, %v287
  %v289 = add i32 %v279, %v288
  %v291 = add nsw i32 %i.262, 3
  %t37 = sext i32 %v291 to i64
  %t38 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t37
  %v292 = load i8, ptr addrspace(1) %t38, align 1
  %v293 = sext i8 %v292 to i32
  %v295 = add nsw i32 %j.264, 3
  %t39 = sext i32 %v295 to i64
  %t40 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t39
  %v296 = load i8, ptr addrspace(1) %t40, align 1
  %v297 = sext i8 %v296 to i32
  %v298 = mul i32 %v293, %v297
  %v299 = add i32 %v289, %v298
  %v303 = add nsw i32 %from.194, %at.159
  %i.305 = add nsw i32 %v303, 8
  %j.307 = add nsw i32 %at.159, 8
  %t41 = sext i32 %i.305 to i64
  %t42 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t41
  %v308 = load i8, ptr addrspace(1) %t42, align 1
  %v309 = sext i8 %v308 to i32
  %t43 = sext i32 %j.307 to i64
  %t44 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t43
  %v310 = load i8, ptr addrspace(1) %t44, align 1
  %v311 = sext i8 %v310 to i32
  %v312 = mul i32 %v309, %v311
  %v314 = add nsw i32 %i.305, 1
  %t45 = sext i32 %v314 to i64
  %t46 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t45
  %v315 = load i8, ptr addrspace(1) %t46, align 1
  %v316 = sext i8 %v315 to i32
  %v318 = add nsw i32 %j.307, 1
  %t47 = sext i32 %v318 to i64
  %t48 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t47
  %v319 = load i8, ptr addrspace(1) %t48, align 1
  %v320 = sext i8 %v319 to i32
  %v321 = mul i32 %v316, %v320
  %v322 = add i32 %v312, %v321
  %v324 = add nsw i32 %i.305, 2
  %t49 = sext i32 %v324 to i64
  %t50 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t49
  %v325 = load i8, ptr addrspace(1) %t50, align 1
  %v326 = sext i8 %v325 to i32
  %v328 = add nsw i32 %j.307, 2
  %t51 = sext i32 %v328 to i64
  %t52 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t51
  %v329 = load i8, ptr addrspace(1) %t52, align 1
  %v330 = sext i8 %v329 to i32
  %v331 = mul i32 %v326, %v330
  %v332 = add i32 %v322, %v331
  %v334 = add nsw i32 %i.305, 3
  %t53 = sext i32 %v334 to i64
  %t54 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t53
  %v335 = load i8, ptr addrspace(1) %t54, align 1
  %v336 = sext i8 %v335 to i32
  %v338 = add nsw i32 %j.307, 3
  %t55 = sext i32 %v338 to i64
  %t56 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t55
  %v339 = load i8, ptr addrspace(1) %t56, align 1
  %v340 = sext i8 %v339 to i32
  %v341 = mul i32 %v336, %v340
  %v342 = add i32 %v332, %v341
  %v346 = add nsw i32 %from.194, %at.159
  %i.348 = add nsw i32 %v346, 12
  %j.350 = add nsw i32 %at.159, 12
  %t57 = sext i32 %i.348 to i64
  %t58 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t57
  %v351 = load i8, ptr addrspace(1) %t58, align 1
  %v352 = sext i8 %v351 to i32
  %t59 = sext i32 %j.350 to i64
  %t60 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t59
  %v353 = load i8, ptr addrspace(1) %t60, align 1
  %v354 = sext i8 %v353 to i32
  %v355 = mul i32 %v352, %v354
  %v357 = add nsw i32 %i.348, 1
  %t61 = sext i32 %v357 to i64
  %t62 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t61
  %v358 = load i8, ptr addrspace(1) %t62, align 1
  %v359 = sext i8 %v358 to i32
  %v361 = add nsw i32 %j.350, 1
  %t63 = sext i32 %v361 to i64
  %t64 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t63
  %v362 = load i8, ptr addrspace(1) %t64, align 1
  %v363 = sext i8 %v362 to i32
  %v364 = mul i32 %v359, %v363
  %v365 = add i32 %v355, %v364
  %v367 = add nsw i32 %i.348, 2
  %t65 = sext i32 %v367 to i64
  %t66 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t65
  %v368 = load i8, ptr addrspace(1) %t66, align 1
  %v369 = sext i8 %v368 to i32
  %v371 = add nsw i32 %j.350, 2
  %t67 = sext i32 %v371 to i64
  %t68 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t67
  %v372 = load i8, ptr addrspace(1) %t68, align 1
  %v373 = sext i8 %v372 to i32
  %v374 = mul i32 %v369, %v373
  %v375 = add i32 %v365, %v374
  %v377 = add nsw i32 %i.348, 3
  %t69 = sext i32 %v377 to i64
  %t70 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t69
  %v378 = load i8, ptr addrspace(1) %t70, align 1
  %v379 = sext i8 %v378 to i32
  %v381 = add nsw i32 %j.350, 3
  %t71 = sext i32 %v381 to i64
  %t72 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t71
  %v382 = load i8, ptr addrspace(1) %t72, align 1
  %v383 = sext i8 %v382 to i32
  %v384 = mul i32 %v379, %v383
  %v385 = add i32 %v375, %v384
  %v390 = sub i32 0, %split.204
  %v392 = ashr i32 %v390, 31
  %v394 = and i32 %v256, %v392
  %v396 = sub i32 4, %split.204
  %v398 = ashr i32 %v396, 31
  %v400 = and i32 %v299, %v398
  %v401 = add i32 %v394, %v400
  %v403 = sub i32 8, %split.204
  %v405 = ashr i32 %v403, 31
  %v407 = and i32 %v342, %v405
  %v408 = add i32 %v401, %v407
  %v410 = sub i32 12, %split.204
  %v412 = ashr i32 %v410, 31
  %v414 = and i32 %v385, %v412
  %leftDot.415 = add i32 %v408, %v414
  %v416 = add i32 %v256, %v299
  %v417 = add i32 %v416, %v342
  %v418 = add i32 %v417, %v385
  %rightDot.419 = sub i32 %v418, %leftDot.415
  %v420 = mul nsw i32 %left.208, 34
  %v421 = add nsw i32 %from.194, %v420
  %t73 = sext i32 %v421 to i64
  %t74 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t73
  %v422 = load i16, ptr addrspace(1) %t74, align 2
  %v423 = call float @sirocco.half.widen(i16 %v422)
  %t75 = sext i32 %left.208 to i64
  %t76 = getelementptr inbounds float, ptr addrspace(1) %scales.3, i64 %t75
  %v424 = load float, ptr addrspace(1) %t76, align 4
  %v425 = fmul reassoc nsz arcp contract float %v423, %v424
  %v426 = sitofp i32 %leftDot.415 to float
  %v427 = fmul reassoc nsz arcp contract float %v425, %v426
  %v428 = mul nsw i32 %right.213, 34
  %v429 = add nsw i32 %from.194, %v428
  %t77 = sext i32 %v429 to i64
  %t78 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t77
  %v430 = load i16, ptr addrspace(1) %t78, align 2
  %v431 = call float @sirocco.half.widen(i16 %v430)
  %t79 = sext i32 %right.213 to i64
  %t80 = getelementptr inbounds float, ptr addrspace(1) %scales.3, i64 %t79
  %v432 = load float, ptr addrspace(1) %t80, align 4
  %v433 = fmul reassoc nsz arcp contract float %v431, %v432
  %v434 = sitofp i32 %rightDot.419 to float
  %v435 = fmul reassoc nsz arcp contract float %v433, %v434
  %product.436 = fadd reassoc nsz arcp contract float %v427, %v435
  %v514 = fadd reassoc nsz arcp contract float %v195, %product.436
  %t81 = sext i32 %i.166 to i64
  %t82 = getelementptr inbounds float, ptr %array.29, i64 %t81
  store float %v514, ptr %t82, align 4
  %i.516 = add i32 %i.166, 1
  br label %b46
b47:
  %round.518 = add i32 %round.151, 1
  br label %b43
b44:
  %v519 = mul i32 %rounds.146, 64
  %strip.520 = add i32 %v519, %t1
  br label %b90
b90:
  %strip.524 = phi i32 [ %strip.520, %b44 ], [ %strip.887, %b94 ]
  %v525 = icmp sge i32 %strip.524, %count.145
  br i1 %v525, label %b91, label %b92
b92:
  br label %b93
b93:
  %i.534 = phi i32 [ 0, %b92 ], [ %i.886, %b95 ]
  %v535 = icmp sge i32 %i.534, 2
  br i1 %v535, label %b94, label %b95
b95:
  %v540 = add i32 %row.23, %i.534
  %i.543 = call i32 @llvm.smin.i32(i32 %v540, i32 999)
  %from.562 = mul nsw i32 %i.543, 1088
  %t83 = sext i32 %i.534 to i64
  %t84 = getelementptr inbounds float, ptr %array.29, i64 %t83
  %v563 = load float, ptr %t84, align 4
  %at.565 = mul i32 %strip.524, 16
  %v569 = add i32 %at.565, 34
  %v571 = sub i32 %v569, 1
  %next.572 = sdiv i32 %v571, 34
  %v573 = mul i32 %next.572, 34
  %split.574 = sub i32 %v573, %at.565
  %v576 = sub i32 %next.572, 1
  %left.578 = call i32 @llvm.smax.i32(i32 %v576, i32 0)
  %right.583 = call i32 @llvm.smin.i32(i32 %next.572, i32 31)
  %i.591 = add nsw i32 %from.562, %at.565
  %t85 = sext i32 %i.591 to i64
  %t86 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t85
  %v592 = load i8, ptr addrspace(1) %t86, align 1
  %v593 = sext i8 %v592 to i32
  %t87 = sext i32 %at.565 to i64
  %t88 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t87
  %v594 = load i8, ptr addrspace(1) %t88, align 1
  %v595 = sext i8 %v594 to i32
  %v596 = mul i32 %v593, %v595
  %v598 = add nsw i32 %i.591, 1
  %t89 = sext i32 %v598 to i64
  %t90 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t89
  %v599 = load i8, ptr addrspace(1) %t90, align 1
  %v600 = sext i8 %v599 to i32
  %v602 = add nsw i32 %at.565, 1
  %t91 = sext i32 %v602 to i64
  %t92 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t91
  %v603 = load i8, ptr addrspace(1) %t92, align 1
  %v604 = sext i8 %v603 to i32
  %v605 = mul i32 %v600, %v604
  %v606 = add i32 %v596, %v605
  %v608 = add nsw i32 %i.591, 2
  %t93 = sext i32 %v608 to i64
  %t94 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t93
  %v609 = load i8, ptr addrspace(1) %t94, align 1
  %v610 = sext i8 %v609 to i32
  %v612 = add nsw i32 %at.565, 2
  %t95 = sext i32 %v612 to i64
  %t96 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t95
  %v613 = load i8, ptr addrspace(1) %t96, align 1
  %v614 = sext i8 %v613 to i32
  %v615 = mul i32 %v610, %v614
  %v616 = add i32 %v606, %v615
  %v618 = add nsw i32 %i.591, 3
  %t97 = sext i32 %v618 to i64
  %t98 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t97
  %v619 = load i8, ptr addrspace(1) %t98, align 1
  %v620 = sext i8 %v619 to i32
  %v622 = add nsw i32 %at.565, 3
  %t99 = sext i32 %v622 to i64
  %t100 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t99
  %v623 = load i8, ptr addrspace(1) %t100, align 1
  %v624 = sext i8 %v623 to i32
  %v625 = mul i32 %v620, %v624
  %v626 = add i32 %v616, %v625
  %v630 = add nsw i32 %from.562, %at.565
  %i.632 = add nsw i32 %v630, 4
  %j.634 = add nsw i32 %at.565, 4
  %t101 = sext i32 %i.632 to i64
  %t102 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t101
  %v635 = load i8, ptr addrspace(1) %t102, align 1
  %v636 = sext i8 %v635 to i32
  %t103 = sext i32 %j.634 to i64
  %t104 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t103
  %v637 = load i8, ptr addrspace(1) %t104, align 1
  %v638 = sext i8 %v637 to i32
  %v639 = mul i32 %v636, %v638
  %v641 = add nsw i32 %i.632, 1
  %t105 = sext i32 %v641 to i64
  %t106 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t105
  %v642 = load i8, ptr addrspace(1) %t106, align 1
  %v643 = sext i8 %v642 to i32
  %v645 = add nsw i32 %j.634, 1
  %t107 = sext i32 %v645 to i64
  %t108 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t107
  %v646 = load i8, ptr addrspace(1) %t108, align 1
  %v647 = sext i8 %v646 to i32
  %v648 = mul i32 %v643, %v647
  %v649 = add i32 %v639, %v648
  %v651 = add nsw i32 %i.632, 2
  %t109 = sext i32 %v651 to i64
  %t110 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t109
  %v652 = load i8, ptr addrspace(1) %t110, align 1
  %v653 = sext i8 %v652 to i32
  %v655 = add nsw i32 %j.634, 2
  %t111 = sext i32 %v655 to i64
  %t112 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t111
  %v656 = load i8, ptr addrspace(1) %t112, align 1
  %v657 = sext i8 %v656 to i32
  %v658 = mul i32 %v653, %v657
  %v659 = add i32 %v649, %v658
  %v661 = add nsw i32 %i.632, 3
  %t113 = sext i32 %v661 to i64
  %t114 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t113
  %v662 = load i8, ptr addrspace(1) %t114, align 1
  %v663 = sext i8 %v662 to i32
  %v665 = add nsw i32 %j.634, 3
  %t115 = sext i32 %v665 to i64
  %t116 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t115
  %v666 = load i8, ptr addrspace(1) %t116, align 1
  %v667 = sext i8 %v666 to i32
  %v668 = mul i32 %v663, %v667
  %v669 = add i32 %v659, %v668
  %v673 = add nsw i32 %from.562, %at.565
  %i.675 = add nsw i32 %v673, 8
  %j.677 = add nsw i32 %at.565, 8
  %t117 = sext i32 %i.675 to i64
  %t118 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t117
  %v678 = load i8, ptr addrspace(1) %t118, align 1
  %v679 = sext i8 %v678 to i32
  %t119 = sext i32 %j.677 to i64
  %t120 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t119
  %v680 = load i8, ptr addrspace(1) %t120, align 1
  %v681 = sext i8 %v680 to i32
  %v682 = mul i32 %v679, %v681
  %v684 = add nsw i32 %i.675, 1
  %t121 = sext i32 %v684 to i64
  %t122 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t121
  %v685 = load i8, ptr addrspace(1) %t122, align 1
  %v686 = sext i8 %v685 to i32
  %v688 = add nsw i32 %j.677, 1
  %t123 = sext i32 %v688 to i64
  %t124 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t123
  %v689 = load i8, ptr addrspace(1) %t124, align 1
  %v690 = sext i8 %v689 to i32
  %v691 = mul i32 %v686, %v690
  %v692 = add i32 %v682, %v691
  %v694 = add nsw i32 %i.675, 2
  %t125 = sext i32 %v694 to i64
  %t126 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t125
  %v695 = load i8, ptr addrspace(1) %t126, align 1
  %v696 = sext i8 %v695 to i32
  %v698 = add nsw i32 %j.677, 2
  %t127 = sext i32 %v698 to i64
  %t128 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t127
  %v699 = load i8, ptr addrspace(1) %t128, align 1
  %v700 = sext i8 %v699 to i32
  %v701 = mul i32 %v696, %v700
  %v702 = add i32 %v692, %v701
  %v704 = add nsw i32 %i.675, 3
  %t129 = sext i32 %v704 to i64
  %t130 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t129
  %v705 = load i8, ptr addrspace(1) %t130, align 1
  %v706 = sext i8 %v705 to i32
  %v708 = add nsw i32 %j.677, 3
  %t131 = sext i32 %v708 to i64
  %t132 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t131
  %v709 = load i8, ptr addrspace(1) %t132, align 1
  %v710 = sext i8 %v709 to i32
  %v711 = mul i32 %v706, %v710
  %v712 = add i32 %v702, %v711
  %v716 = add nsw i32 %from.562, %at.565
  %i.718 = add nsw i32 %v716, 12
  %j.720 = add nsw i32 %at.565, 12
  %t133 = sext i32 %i.718 to i64
  %t134 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t133
  %v721 = load i8, ptr addrspace(1) %t134, align 1
  %v722 = sext i8 %v721 to i32
  %t135 = sext i32 %j.720 to i64
  %t136 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t135
  %v723 = load i8, ptr addrspace(1) %t136, align 1
  %v724 = sext i8 %v723 to i32
  %v725 = mul i32 %v722, %v724
  %v727 = add nsw i32 %i.718, 1
  %t137 = sext i32 %v727 to i64
  %t138 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t137
  %v728 = load i8, ptr addrspace(1) %t138, align 1
  %v729 = sext i8 %v728 to i32
  %v731 = add nsw i32 %j.720, 1
  %t139 = sext i32 %v731 to i64
  %t140 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t139
  %v732 = load i8, ptr addrspace(1) %t140, align 1
  %v733 = sext i8 %v732 to i32
  %v734 = mul i32 %v729, %v733
  %v735 = add i32 %v725, %v734
  %v737 = add nsw i32 %i.718, 2
  %t141 = sext i32 %v737 to i64
  %t142 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t141
  %v738 = load i8, ptr addrspace(1) %t142, align 1
  %v739 = sext i8 %v738 to i32
  %v741 = add nsw i32 %j.720, 2
  %t143 = sext i32 %v741 to i64
  %t144 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t143
  %v742 = load i8, ptr addrspace(1) %t144, align 1
  %v743 = sext i8 %v742 to i32
  %v744 = mul i32 %v739, %v743
  %v745 = add i32 %v735, %v744
  %v747 = add nsw i32 %i.718, 3
  %t145 = sext i32 %v747 to i64
  %t146 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t145
  %v748 = load i8, ptr addrspace(1) %t146, align 1
  %v749 = sext i8 %v748 to i32
  %v751 = add nsw i32 %j.720, 3
  %t147 = sext i32 %v751 to i64
  %t148 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t147
  %v752 = load i8, ptr addrspace(1) %t148, align 1
  %v753 = sext i8 %v752 to i32
  %v754 = mul i32 %v749, %v753
  %v755 = add i32 %v745, %v754
  %v760 = sub i32 0, %split.574
  %v762 = ashr i32 %v760, 31
  %v764 = and i32 %v626, %v762
  %v766 = sub i32 4, %split.574
  %v768 = ashr i32 %v766, 31
  %v770 = and i32 %v669, %v768
  %v771 = add i32 %v764, %v770
  %v773 = sub i32 8, %split.574
  %v775 = ashr i32 %v773, 31
  %v777 = and i32 %v712, %v775
  %v778 = add i32 %v771, %v777
  %v780 = sub i32 12, %split.574
  %v782 = ashr i32 %v780, 31
  %v784 = and i32 %v755, %v782
  %leftDot.785 = add i32 %v778, %v784
  %v786 = add i32 %v626, %v669
  %v787 = add i32 %v786, %v712
  %v788 = add i32 %v787, %v755
  %rightDot.789 = sub i32 %v788, %leftDot.785
  %v790 = mul nsw i32 %left.578, 34
  %v791 = add nsw i32 %from.562, %v790
  %t149 = sext i32 %v791 to i64
  %t150 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t149
  %v792 = load i16, ptr addrspace(1) %t150, align 2
  %v793 = call float @sirocco.half.widen(i16 %v792)
  %t151 = sext i32 %left.578 to i64
  %t152 = getelementptr inbounds float, ptr addrspace(1) %scales.3, i64 %t151
  %v794 = load float, ptr addrspace(1) %t152, align 4
  %v795 = fmul reassoc nsz arcp contract float %v793, %v794
  %v796 = sitofp i32 %leftDot.785 to float
  %v797 = fmul reassoc nsz arcp contract float %v795, %v796
  %v798 = mul nsw i32 %right.583, 34
  %v799 = add nsw i32 %from.562, %v798
  %t153 = sext i32 %v799 to i64
  %t154 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t153
  %v800 = load i16, ptr addrspace(1) %t154, align 2
  %v801 = call float @sirocco.half.widen(i16 %v800)
  %t155 = sext i32 %right.583 to i64
  %t156 = getelementptr inbounds float, ptr addrspace(1) %scales.3, i64 %t155
  %v802 = load float, ptr addrspace(1) %t156, align 4
  %v803 = fmul reassoc nsz arcp contract float %v801, %v802
  %v804 = sitofp i32 %rightDot.789 to float
  %v805 = fmul reassoc nsz arcp contract float %v803, %v804
  %product.806 = fadd reassoc nsz arcp contract float %v797, %v805
  %v884 = fadd reassoc nsz arcp contract float %v563, %product.806
  %t157 = sext i32 %i.534 to i64
  %t158 = getelementptr inbounds float, ptr %array.29, i64 %t157
  store float %v884, ptr %t158, align 4
  %i.886 = add i32 %i.534, 1
  br label %b93
b94:
  %strip.887 = add i32 %strip.524, 64
  br label %b90
b91:
  br label %b137
b137:
  %i.891 = phi i32 [ 0, %b91 ], [ %i.900, %b139 ]
  %v892 = icmp sge i32 %i.891, 2
  br i1 %v892, label %b138, label %b139
b139:
  %v895 = add nsw i32 0, %i.891
  %v896 = mul nsw i32 %v895, 64
  %v897 = add nsw i32 %v896, %t1
  %t159 = sext i32 %i.891 to i64
  %t160 = getelementptr inbounds float, ptr %array.29, i64 %t159
  %v898 = load float, ptr %t160, align 4
  %t161 = sext i32 %v897 to i64
  %t162 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t161
  store float %v898, ptr addrspace(3) %t162, align 4
  %i.900 = add i32 %i.891, 1
  br label %b137
b138:
  call spir_func void @_Z7barrierj(i32 1) convergent
  br label %b141
b141:
  %stride.903 = phi i32 [ 32, %b138 ], [ %stride.923, %b144 ]
  %v905 = icmp sle i32 %stride.903, 0
  br i1 %v905, label %b142, label %b143
b143:
  %v906 = icmp sge i32 %t1, %stride.903
  br i1 %v906, label %b144, label %b145
b145:
  br label %b146
b146:
  %row.910 = phi i32 [ 0, %b145 ], [ %row.921, %b147 ]
  %v911 = icmp sge i32 %row.910, 2
  br i1 %v911, label %b144, label %b147
b147:
  %v912 = mul nsw i32 %row.910, 64
  %v913 = add nsw i32 %v912, %t1
  %t163 = sext i32 %v913 to i64
  %t164 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t163
  %v914 = load float, ptr addrspace(3) %t164, align 4
  %v915 = mul nsw i32 %row.910, 64
  %v916 = add nsw i32 %v915, %t1
  %v917 = add nsw i32 %v916, %stride.903
  %t165 = sext i32 %v917 to i64
  %t166 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t165
  %v918 = load float, ptr addrspace(3) %t166, align 4
  %v919 = fadd reassoc nsz arcp contract float %v914, %v918
  %t167 = sext i32 %v913 to i64
  %t168 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t167
  store float %v919, ptr addrspace(3) %t168, align 4
  %row.921 = add i32 %row.910, 1
  br label %b146
b144:
  call spir_func void @_Z7barrierj(i32 1) convergent
  %stride.923 = sdiv i32 %stride.903, 2
  br label %b141
b142:
  %v925 = icmp sle i32 %tokens.25, 0
  br i1 %v925, label %b148, label %b149
b149:
  %v930 = icmp sge i32 %t1, 2
  br i1 %v930, label %b148, label %b150
b150:
  %v931 = add i32 %row.23, %t1
  %v932 = icmp sge i32 %v931, 1000
  br i1 %v932, label %b148, label %b151
b151:
  %at.933 = add nsw i32 %row.23, %t1
  %v934 = mul nsw i32 %t1, 64
  %t169 = sext i32 %v934 to i64
  %t170 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t169
  %value.935 = load float, ptr addrspace(3) %t170, align 4
  %t171 = sext i32 %at.933 to i64
  %t172 = getelementptr inbounds float, ptr addrspace(1) %out.5, i64 %t171
  store float %value.935, ptr addrspace(1) %t172, align 4
  br label %b148
b148:
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

declare spir_func i64 @_Z12get_local_idj(i32)
declare spir_func i64 @_Z12get_group_idj(i32)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
declare i32 @llvm.smin.i32(i32, i32)
declare i32 @llvm.smax.i32(i32, i32)
declare spir_func void @_Z7barrierj(i32)

!0 = !{i32 64, i32 1, i32 1}
