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
  %v146 = sdiv i32 %end.43, 32
  %v150 = mul i32 %v146, 34
  %count.153 = sdiv i32 %v150, 16
  %rounds.154 = sdiv i32 %count.153, 64
  br label %b48
b48:
  %round.159 = phi i32 [ 0, %b7 ], [ %round.526, %b52 ]
  %v160 = icmp sge i32 %round.159, %rounds.154
  br i1 %v160, label %b49, label %b50
b50:
  %v164 = mul i32 %round.159, 64
  %v165 = add i32 %v164, %t1
  %at.167 = mul i32 %v165, 16
  br label %b51
b51:
  %i.174 = phi i32 [ 0, %b50 ], [ %i.524, %b53 ]
  %v175 = icmp sge i32 %i.174, 2
  br i1 %v175, label %b52, label %b53
b53:
  %v180 = add i32 %row.23, %i.174
  %i.183 = call i32 @llvm.smin.i32(i32 %v180, i32 999)
  %from.202 = mul nsw i32 %i.183, 1088
  %t7 = sext i32 %i.174 to i64
  %t8 = getelementptr inbounds float, ptr %array.29, i64 %t7
  %v203 = load float, ptr %t8, align 4
  %v207 = add i32 %at.167, 34
  %v209 = sub i32 %v207, 1
  %next.210 = sdiv i32 %v209, 34
  %v211 = mul i32 %next.210, 34
  %split.212 = sub i32 %v211, %at.167
  %v214 = sub i32 %next.210, 1
  %left.216 = call i32 @llvm.smax.i32(i32 %v214, i32 0)
  %right.221 = call i32 @llvm.smin.i32(i32 %next.210, i32 31)
  %i.229 = add nsw i32 %from.202, %at.167
  %t9 = sext i32 %i.229 to i64
  %t10 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t9
  %v230 = load i8, ptr addrspace(1) %t10, align 1
  %v231 = sext i8 %v230 to i32
  %t11 = sext i32 %at.167 to i64
  %t12 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t11
  %v232 = load i8, ptr addrspace(1) %t12, align 1
  %v233 = sext i8 %v232 to i32
  %v234 = mul i32 %v231, %v233
  %v236 = add nsw i32 %i.229, 1
  %t13 = sext i32 %v236 to i64
  %t14 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t13
  %v237 = load i8, ptr addrspace(1) %t14, align 1
  %v238 = sext i8 %v237 to i32
  %v240 = add nsw i32 %at.167, 1
  %t15 = sext i32 %v240 to i64
  %t16 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t15
  %v241 = load i8, ptr addrspace(1) %t16, align 1
  %v242 = sext i8 %v241 to i32
  %v243 = mul i32 %v238, %v242
  %v244 = add i32 %v234, %v243
  %v246 = add nsw i32 %i.229, 2
  %t17 = sext i32 %v246 to i64
  %t18 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t17
  %v247 = load i8, ptr addrspace(1) %t18, align 1
  %v248 = sext i8 %v247 to i32
  %v250 = add nsw i32 %at.167, 2
  %t19 = sext i32 %v250 to i64
  %t20 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t19
  %v251 = load i8, ptr addrspace(1) %t20, align 1
  %v252 = sext i8 %v251 to i32
  %v253 = mul i32 %v248, %v252
  %v254 = add i32 %v244, %v253
  %v256 = add nsw i32 %i.229, 3
  %t21 = sext i32 %v256 to i64
  %t22 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t21
  %v257 = load i8, ptr addrspace(1) %t22, align 1
  %v258 = sext i8 %v257 to i32
  %v260 = add nsw i32 %at.167, 3
  %t23 = sext i32 %v260 to i64
  %t24 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t23
  %v261 = load i8, ptr addrspace(1) %t24, align 1
  %v262 = sext i8 %v261 to i32
  %v263 = mul i32 %v258, %v262
  %v264 = add i32 %v254, %v263
  %v268 = add nsw i32 %from.202, %at.167
  %i.270 = add nsw i32 %v268, 4
  %j.272 = add nsw i32 %at.167, 4
  %t25 = sext i32 %i.270 to i64
  %t26 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t25
  %v273 = load i8, ptr addrspace(1) %t26, align 1
  %v274 = sext i8 %v273 to i32
  %t27 = sext i32 %j.272 to i64
  %t28 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t27
  %v275 = load i8, ptr addrspace(1) %t28, align 1
  %v276 = sext i8 %v275 to i32
  %v277 = mul i32 %v274, %v276
  %v279 = add nsw i32 %i.270, 1
  %t29 = sext i32 %v279 to i64
  %t30 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t29
  %v280 = load i8, ptr addrspace(1) %t30, align 1
  %v281 = sext i8 %v280 to i32
  %v283 = add nsw i32 %j.272, 1
  %t31 = sext i32 %v283 to i64
  %t32 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t31
  %v284 = load i8, ptr addrspace(1) %t32, align 1
  %v285 = sext i8 %v284 to i32
  %v286 = mul i32 %v281, %v285
  %v287 = add i32 %v277, %v286
  %v289 = add nsw i32 %i.270, 2
  %t33 = sext i32 %v289 to i64
  %t34 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t33
  %v290 = load i8, ptr addrspace(1) %t34, align 1
  %v291 = sext i8 %v290 to i32
  %v293 = add nsw i32 %j.272, 2
  %t35 = sext i32 %v293 to i64
  %t36 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t35
  %v294 = load i8, ptr addrspace(1) %t36, align 1
  %v295 = sext i8 %v294 to i32
  %v296 = mul i32 %v291, %v295
  %v297 = add i32 %v287, %v296
  %v299 = add nsw i32 %i.270, 3
  %t37 = sext i32 %v299 to i64
  %t38 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t37
  %v300 = load i8, ptr addrspace(1) %t38, align 1
  %v301 = sext i8 %v300 to i32
  %v303 = add nsw i32 %j.272, 3
  %t39 = sext i32 %v303 to i64
  %t40 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t39
  %v304 = load i8, ptr addrspace(1) %t40, align 1
  %v305 = sext i8 %v304 to i32
  %v306 = mul i32 %v301, %v305
  %v307 = add i32 %v297, %v306
  %v311 = add nsw i32 %from.202, %at.167
  %i.313 = add nsw i32 %v311, 8
  %j.315 = add nsw i32 %at.167, 8
  %t41 = sext i32 %i.313 to i64
  %t42 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t41
  %v316 = load i8, ptr addrspace(1) %t42, align 1
  %v317 = sext i8 %v316 to i32
  %t43 = sext i32 %j.315 to i64
  %t44 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t43
  %v318 = load i8, ptr addrspace(1) %t44, align 1
  %v319 = sext i8 %v318 to i32
  %v320 = mul i32 %v317, %v319
  %v322 = add nsw i32 %i.313, 1
  %t45 = sext i32 %v322 to i64
  %t46 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t45
  %v323 = load i8, ptr addrspace(1) %t46, align 1
  %v324 = sext i8 %v323 to i32
  %v326 = add nsw i32 %j.315, 1
  %t47 = sext i32 %v326 to i64
  %t48 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t47
  %v327 = load i8, ptr addrspace(1) %t48, align 1
  %v328 = sext i8 %v327 to i32
  %v329 = mul i32 %v324, %v328
  %v330 = add i32 %v320, %v329
  %v332 = add nsw i32 %i.313, 2
  %t49 = sext i32 %v332 to i64
  %t50 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t49
  %v333 = load i8, ptr addrspace(1) %t50, align 1
  %v334 = sext i8 %v333 to i32
  %v336 = add nsw i32 %j.315, 2
  %t51 = sext i32 %v336 to i64
  %t52 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t51
  %v337 = load i8, ptr addrspace(1) %t52, align 1
  %v338 = sext i8 %v337 to i32
  %v339 = mul i32 %v334, %v338
  %v340 = add i32 %v330, %v339
  %v342 = add nsw i32 %i.313, 3
  %t53 = sext i32 %v342 to i64
  %t54 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t53
  %v343 = load i8, ptr addrspace(1) %t54, align 1
  %v344 = sext i8 %v343 to i32
  %v346 = add nsw i32 %j.315, 3
  %t55 = sext i32 %v346 to i64
  %t56 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t55
  %v347 = load i8, ptr addrspace(1) %t56, align 1
  %v348 = sext i8 %v347 to i32
  %v349 = mul i32 %v344, %v348
  %v350 = add i32 %v340, %v349
  %v354 = add nsw i32 %from.202, %at.167
  %i.356 = add nsw i32 %v354, 12
  %j.358 = add nsw i32 %at.167, 12
  %t57 = sext i32 %i.356 to i64
  %t58 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t57
  %v359 = load i8, ptr addrspace(1) %t58, align 1
  %v360 = sext i8 %v359 to i32
  %t59 = sext i32 %j.358 to i64
  %t60 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t59
  %v361 = load i8, ptr addrspace(1) %t60, align 1
  %v362 = sext i8 %v361 to i32
  %v363 = mul i32 %v360, %v362
  %v365 = add nsw i32 %i.356, 1
  %t61 = sext i32 %v365 to i64
  %t62 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t61
  %v366 = load i8, ptr addrspace(1) %t62, align 1
  %v367 = sext i8 %v366 to i32
  %v369 = add nsw i32 %j.358, 1
  %t63 = sext i32 %v369 to i64
  %t64 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t63
  %v370 = load i8, ptr addrspace(1) %t64, align 1
  %v371 = sext i8 %v370 to i32
  %v372 = mul i32 %v367, %v371
  %v373 = add i32 %v363, %v372
  %v375 = add nsw i32 %i.356, 2
  %t65 = sext i32 %v375 to i64
  %t66 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t65
  %v376 = load i8, ptr addrspace(1) %t66, align 1
  %v377 = sext i8 %v376 to i32
  %v379 = add nsw i32 %j.358, 2
  %t67 = sext i32 %v379 to i64
  %t68 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t67
  %v380 = load i8, ptr addrspace(1) %t68, align 1
  %v381 = sext i8 %v380 to i32
  %v382 = mul i32 %v377, %v381
  %v383 = add i32 %v373, %v382
  %v385 = add nsw i32 %i.356, 3
  %t69 = sext i32 %v385 to i64
  %t70 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t69
  %v386 = load i8, ptr addrspace(1) %t70, align 1
  %v387 = sext i8 %v386 to i32
  %v389 = add nsw i32 %j.358, 3
  %t71 = sext i32 %v389 to i64
  %t72 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t71
  %v390 = load i8, ptr addrspace(1) %t72, align 1
  %v391 = sext i8 %v390 to i32
  %v392 = mul i32 %v387, %v391
  %v393 = add i32 %v383, %v392
  %v398 = sub i32 0, %split.212
  %v400 = ashr i32 %v398, 31
  %v402 = and i32 %v264, %v400
  %v404 = sub i32 4, %split.212
  %v406 = ashr i32 %v404, 31
  %v408 = and i32 %v307, %v406
  %v409 = add i32 %v402, %v408
  %v411 = sub i32 8, %split.212
  %v413 = ashr i32 %v411, 31
  %v415 = and i32 %v350, %v413
  %v416 = add i32 %v409, %v415
  %v418 = sub i32 12, %split.212
  %v420 = ashr i32 %v418, 31
  %v422 = and i32 %v393, %v420
  %leftDot.423 = add i32 %v416, %v422
  %v424 = add i32 %v264, %v307
  %v425 = add i32 %v424, %v350
  %v426 = add i32 %v425, %v393
  %rightDot.427 = sub i32 %v426, %leftDot.423
  %v428 = mul nsw i32 %left.216, 34
  %v429 = add nsw i32 %from.202, %v428
  %t73 = sext i32 %v429 to i64
  %t74 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t73
  %v430 = load i16, ptr addrspace(1) %t74, align 2
  %v431 = call float @sirocco.half.widen(i16 %v430)
  %t75 = sext i32 %left.216 to i64
  %t76 = getelementptr inbounds float, ptr addrspace(1) %scales.3, i64 %t75
  %v432 = load float, ptr addrspace(1) %t76, align 4
  %v433 = fmul reassoc nsz arcp contract float %v431, %v432
  %v434 = sitofp i32 %leftDot.423 to float
  %v435 = fmul reassoc nsz arcp contract float %v433, %v434
  %v436 = mul nsw i32 %right.221, 34
  %v437 = add nsw i32 %from.202, %v436
  %t77 = sext i32 %v437 to i64
  %t78 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t77
  %v438 = load i16, ptr addrspace(1) %t78, align 2
  %v439 = call float @sirocco.half.widen(i16 %v438)
  %t79 = sext i32 %right.221 to i64
  %t80 = getelementptr inbounds float, ptr addrspace(1) %scales.3, i64 %t79
  %v440 = load float, ptr addrspace(1) %t80, align 4
  %v441 = fmul reassoc nsz arcp contract float %v439, %v440
  %v442 = sitofp i32 %rightDot.427 to float
  %v443 = fmul reassoc nsz arcp contract float %v441, %v442
  %product.444 = fadd reassoc nsz arcp contract float %v435, %v443
  %v522 = fadd reassoc nsz arcp contract float %v203, %product.444
  %t81 = sext i32 %i.174 to i64
  %t82 = getelementptr inbounds float, ptr %array.29, i64 %t81
  store float %v522, ptr %t82, align 4
  %i.524 = add i32 %i.174, 1
  br label %b51
b52:
  %round.526 = add i32 %round.159, 1
  br label %b48
b49:
  %v527 = mul i32 %rounds.154, 64
  %strip.528 = add i32 %v527, %t1
  br label %b95
b95:
  %strip.532 = phi i32 [ %strip.528, %b49 ], [ %strip.895, %b99 ]
  %v533 = icmp sge i32 %strip.532, %count.153
  br i1 %v533, label %b96, label %b97
b97:
  br label %b98
b98:
  %i.542 = phi i32 [ 0, %b97 ], [ %i.894, %b100 ]
  %v543 = icmp sge i32 %i.542, 2
  br i1 %v543, label %b99, label %b100
b100:
  %v548 = add i32 %row.23, %i.542
  %i.551 = call i32 @llvm.smin.i32(i32 %v548, i32 999)
  %from.570 = mul nsw i32 %i.551, 1088
  %t83 = sext i32 %i.542 to i64
  %t84 = getelementptr inbounds float, ptr %array.29, i64 %t83
  %v571 = load float, ptr %t84, align 4
  %at.573 = mul i32 %strip.532, 16
  %v577 = add i32 %at.573, 34
  %v579 = sub i32 %v577, 1
  %next.580 = sdiv i32 %v579, 34
  %v581 = mul i32 %next.580, 34
  %split.582 = sub i32 %v581, %at.573
  %v584 = sub i32 %next.580, 1
  %left.586 = call i32 @llvm.smax.i32(i32 %v584, i32 0)
  %right.591 = call i32 @llvm.smin.i32(i32 %next.580, i32 31)
  %i.599 = add nsw i32 %from.570, %at.573
  %t85 = sext i32 %i.599 to i64
  %t86 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t85
  %v600 = load i8, ptr addrspace(1) %t86, align 1
  %v601 = sext i8 %v600 to i32
  %t87 = sext i32 %at.573 to i64
  %t88 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t87
  %v602 = load i8, ptr addrspace(1) %t88, align 1
  %v603 = sext i8 %v602 to i32
  %v604 = mul i32 %v601, %v603
  %v606 = add nsw i32 %i.599, 1
  %t89 = sext i32 %v606 to i64
  %t90 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t89
  %v607 = load i8, ptr addrspace(1) %t90, align 1
  %v608 = sext i8 %v607 to i32
  %v610 = add nsw i32 %at.573, 1
  %t91 = sext i32 %v610 to i64
  %t92 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t91
  %v611 = load i8, ptr addrspace(1) %t92, align 1
  %v612 = sext i8 %v611 to i32
  %v613 = mul i32 %v608, %v612
  %v614 = add i32 %v604, %v613
  %v616 = add nsw i32 %i.599, 2
  %t93 = sext i32 %v616 to i64
  %t94 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t93
  %v617 = load i8, ptr addrspace(1) %t94, align 1
  %v618 = sext i8 %v617 to i32
  %v620 = add nsw i32 %at.573, 2
  %t95 = sext i32 %v620 to i64
  %t96 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t95
  %v621 = load i8, ptr addrspace(1) %t96, align 1
  %v622 = sext i8 %v621 to i32
  %v623 = mul i32 %v618, %v622
  %v624 = add i32 %v614, %v623
  %v626 = add nsw i32 %i.599, 3
  %t97 = sext i32 %v626 to i64
  %t98 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t97
  %v627 = load i8, ptr addrspace(1) %t98, align 1
  %v628 = sext i8 %v627 to i32
  %v630 = add nsw i32 %at.573, 3
  %t99 = sext i32 %v630 to i64
  %t100 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t99
  %v631 = load i8, ptr addrspace(1) %t100, align 1
  %v632 = sext i8 %v631 to i32
  %v633 = mul i32 %v628, %v632
  %v634 = add i32 %v624, %v633
  %v638 = add nsw i32 %from.570, %at.573
  %i.640 = add nsw i32 %v638, 4
  %j.642 = add nsw i32 %at.573, 4
  %t101 = sext i32 %i.640 to i64
  %t102 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t101
  %v643 = load i8, ptr addrspace(1) %t102, align 1
  %v644 = sext i8 %v643 to i32
  %t103 = sext i32 %j.642 to i64
  %t104 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t103
  %v645 = load i8, ptr addrspace(1) %t104, align 1
  %v646 = sext i8 %v645 to i32
  %v647 = mul i32 %v644, %v646
  %v649 = add nsw i32 %i.640, 1
  %t105 = sext i32 %v649 to i64
  %t106 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t105
  %v650 = load i8, ptr addrspace(1) %t106, align 1
  %v651 = sext i8 %v650 to i32
  %v653 = add nsw i32 %j.642, 1
  %t107 = sext i32 %v653 to i64
  %t108 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t107
  %v654 = load i8, ptr addrspace(1) %t108, align 1
  %v655 = sext i8 %v654 to i32
  %v656 = mul i32 %v651, %v655
  %v657 = add i32 %v647, %v656
  %v659 = add nsw i32 %i.640, 2
  %t109 = sext i32 %v659 to i64
  %t110 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t109
  %v660 = load i8, ptr addrspace(1) %t110, align 1
  %v661 = sext i8 %v660 to i32
  %v663 = add nsw i32 %j.642, 2
  %t111 = sext i32 %v663 to i64
  %t112 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t111
  %v664 = load i8, ptr addrspace(1) %t112, align 1
  %v665 = sext i8 %v664 to i32
  %v666 = mul i32 %v661, %v665
  %v667 = add i32 %v657, %v666
  %v669 = add nsw i32 %i.640, 3
  %t113 = sext i32 %v669 to i64
  %t114 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t113
  %v670 = load i8, ptr addrspace(1) %t114, align 1
  %v671 = sext i8 %v670 to i32
  %v673 = add nsw i32 %j.642, 3
  %t115 = sext i32 %v673 to i64
  %t116 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t115
  %v674 = load i8, ptr addrspace(1) %t116, align 1
  %v675 = sext i8 %v674 to i32
  %v676 = mul i32 %v671, %v675
  %v677 = add i32 %v667, %v676
  %v681 = add nsw i32 %from.570, %at.573
  %i.683 = add nsw i32 %v681, 8
  %j.685 = add nsw i32 %at.573, 8
  %t117 = sext i32 %i.683 to i64
  %t118 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t117
  %v686 = load i8, ptr addrspace(1) %t118, align 1
  %v687 = sext i8 %v686 to i32
  %t119 = sext i32 %j.685 to i64
  %t120 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t119
  %v688 = load i8, ptr addrspace(1) %t120, align 1
  %v689 = sext i8 %v688 to i32
  %v690 = mul i32 %v687, %v689
  %v692 = add nsw i32 %i.683, 1
  %t121 = sext i32 %v692 to i64
  %t122 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t121
  %v693 = load i8, ptr addrspace(1) %t122, align 1
  %v694 = sext i8 %v693 to i32
  %v696 = add nsw i32 %j.685, 1
  %t123 = sext i32 %v696 to i64
  %t124 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t123
  %v697 = load i8, ptr addrspace(1) %t124, align 1
  %v698 = sext i8 %v697 to i32
  %v699 = mul i32 %v694, %v698
  %v700 = add i32 %v690, %v699
  %v702 = add nsw i32 %i.683, 2
  %t125 = sext i32 %v702 to i64
  %t126 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t125
  %v703 = load i8, ptr addrspace(1) %t126, align 1
  %v704 = sext i8 %v703 to i32
  %v706 = add nsw i32 %j.685, 2
  %t127 = sext i32 %v706 to i64
  %t128 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t127
  %v707 = load i8, ptr addrspace(1) %t128, align 1
  %v708 = sext i8 %v707 to i32
  %v709 = mul i32 %v704, %v708
  %v710 = add i32 %v700, %v709
  %v712 = add nsw i32 %i.683, 3
  %t129 = sext i32 %v712 to i64
  %t130 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t129
  %v713 = load i8, ptr addrspace(1) %t130, align 1
  %v714 = sext i8 %v713 to i32
  %v716 = add nsw i32 %j.685, 3
  %t131 = sext i32 %v716 to i64
  %t132 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t131
  %v717 = load i8, ptr addrspace(1) %t132, align 1
  %v718 = sext i8 %v717 to i32
  %v719 = mul i32 %v714, %v718
  %v720 = add i32 %v710, %v719
  %v724 = add nsw i32 %from.570, %at.573
  %i.726 = add nsw i32 %v724, 12
  %j.728 = add nsw i32 %at.573, 12
  %t133 = sext i32 %i.726 to i64
  %t134 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t133
  %v729 = load i8, ptr addrspace(1) %t134, align 1
  %v730 = sext i8 %v729 to i32
  %t135 = sext i32 %j.728 to i64
  %t136 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t135
  %v731 = load i8, ptr addrspace(1) %t136, align 1
  %v732 = sext i8 %v731 to i32
  %v733 = mul i32 %v730, %v732
  %v735 = add nsw i32 %i.726, 1
  %t137 = sext i32 %v735 to i64
  %t138 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t137
  %v736 = load i8, ptr addrspace(1) %t138, align 1
  %v737 = sext i8 %v736 to i32
  %v739 = add nsw i32 %j.728, 1
  %t139 = sext i32 %v739 to i64
  %t140 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t139
  %v740 = load i8, ptr addrspace(1) %t140, align 1
  %v741 = sext i8 %v740 to i32
  %v742 = mul i32 %v737, %v741
  %v743 = add i32 %v733, %v742
  %v745 = add nsw i32 %i.726, 2
  %t141 = sext i32 %v745 to i64
  %t142 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t141
  %v746 = load i8, ptr addrspace(1) %t142, align 1
  %v747 = sext i8 %v746 to i32
  %v749 = add nsw i32 %j.728, 2
  %t143 = sext i32 %v749 to i64
  %t144 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t143
  %v750 = load i8, ptr addrspace(1) %t144, align 1
  %v751 = sext i8 %v750 to i32
  %v752 = mul i32 %v747, %v751
  %v753 = add i32 %v743, %v752
  %v755 = add nsw i32 %i.726, 3
  %t145 = sext i32 %v755 to i64
  %t146 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t145
  %v756 = load i8, ptr addrspace(1) %t146, align 1
  %v757 = sext i8 %v756 to i32
  %v759 = add nsw i32 %j.728, 3
  %t147 = sext i32 %v759 to i64
  %t148 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t147
  %v760 = load i8, ptr addrspace(1) %t148, align 1
  %v761 = sext i8 %v760 to i32
  %v762 = mul i32 %v757, %v761
  %v763 = add i32 %v753, %v762
  %v768 = sub i32 0, %split.582
  %v770 = ashr i32 %v768, 31
  %v772 = and i32 %v634, %v770
  %v774 = sub i32 4, %split.582
  %v776 = ashr i32 %v774, 31
  %v778 = and i32 %v677, %v776
  %v779 = add i32 %v772, %v778
  %v781 = sub i32 8, %split.582
  %v783 = ashr i32 %v781, 31
  %v785 = and i32 %v720, %v783
  %v786 = add i32 %v779, %v785
  %v788 = sub i32 12, %split.582
  %v790 = ashr i32 %v788, 31
  %v792 = and i32 %v763, %v790
  %leftDot.793 = add i32 %v786, %v792
  %v794 = add i32 %v634, %v677
  %v795 = add i32 %v794, %v720
  %v796 = add i32 %v795, %v763
  %rightDot.797 = sub i32 %v796, %leftDot.793
  %v798 = mul nsw i32 %left.586, 34
  %v799 = add nsw i32 %from.570, %v798
  %t149 = sext i32 %v799 to i64
  %t150 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t149
  %v800 = load i16, ptr addrspace(1) %t150, align 2
  %v801 = call float @sirocco.half.widen(i16 %v800)
  %t151 = sext i32 %left.586 to i64
  %t152 = getelementptr inbounds float, ptr addrspace(1) %scales.3, i64 %t151
  %v802 = load float, ptr addrspace(1) %t152, align 4
  %v803 = fmul reassoc nsz arcp contract float %v801, %v802
  %v804 = sitofp i32 %leftDot.793 to float
  %v805 = fmul reassoc nsz arcp contract float %v803, %v804
  %v806 = mul nsw i32 %right.591, 34
  %v807 = add nsw i32 %from.570, %v806
  %t153 = sext i32 %v807 to i64
  %t154 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t153
  %v808 = load i16, ptr addrspace(1) %t154, align 2
  %v809 = call float @sirocco.half.widen(i16 %v808)
  %t155 = sext i32 %right.591 to i64
  %t156 = getelementptr inbounds float, ptr addrspace(1) %scales.3, i64 %t155
  %v810 = load float, ptr addrspace(1) %t156, align 4
  %v811 = fmul reassoc nsz arcp contract float %v809, %v810
  %v812 = sitofp i32 %rightDot.797 to float
  %v813 = fmul reassoc nsz arcp contract float %v811, %v812
  %product.814 = fadd reassoc nsz arcp contract float %v805, %v813
  %v892 = fadd reassoc nsz arcp contract float %v571, %product.814
  %t157 = sext i32 %i.542 to i64
  %t158 = getelementptr inbounds float, ptr %array.29, i64 %t157
  store float %v892, ptr %t158, align 4
  %i.894 = add i32 %i.542, 1
  br label %b98
b99:
  %strip.895 = add i32 %strip.532, 64
  br label %b95
b96:
  br label %b142
b142:
  %i.899 = phi i32 [ 0, %b96 ], [ %i.908, %b144 ]
  %v900 = icmp sge i32 %i.899, 2
  br i1 %v900, label %b143, label %b144
b144:
  %v903 = add nsw i32 0, %i.899
  %v904 = mul nsw i32 %v903, 64
  %v905 = add nsw i32 %v904, %t1
  %t159 = sext i32 %i.899 to i64
  %t160 = getelementptr inbounds float, ptr %array.29, i64 %t159
  %v906 = load float, ptr %t160, align 4
  %t161 = sext i32 %v905 to i64
  %t162 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t161
  store float %v906, ptr addrspace(3) %t162, align 4
  %i.908 = add i32 %i.899, 1
  br label %b142
b143:
  call spir_func void @_Z7barrierj(i32 1) convergent
  br label %b146
b146:
  %stride.911 = phi i32 [ 32, %b143 ], [ %stride.931, %b149 ]
  %v913 = icmp sle i32 %stride.911, 0
  br i1 %v913, label %b147, label %b148
b148:
  %v914 = icmp sge i32 %t1, %stride.911
  br i1 %v914, label %b149, label %b150
b150:
  br label %b151
b151:
  %row.918 = phi i32 [ 0, %b150 ], [ %row.929, %b152 ]
  %v919 = icmp sge i32 %row.918, 2
  br i1 %v919, label %b149, label %b152
b152:
  %v920 = mul nsw i32 %row.918, 64
  %v921 = add nsw i32 %v920, %t1
  %t163 = sext i32 %v921 to i64
  %t164 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t163
  %v922 = load float, ptr addrspace(3) %t164, align 4
  %v923 = mul nsw i32 %row.918, 64
  %v924 = add nsw i32 %v923, %t1
  %v925 = add nsw i32 %v924, %stride.911
  %t165 = sext i32 %v925 to i64
  %t166 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t165
  %v926 = load float, ptr addrspace(3) %t166, align 4
  %v927 = fadd reassoc nsz arcp contract float %v922, %v926
  %t167 = sext i32 %v921 to i64
  %t168 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t167
  store float %v927, ptr addrspace(3) %t168, align 4
  %row.929 = add i32 %row.918, 1
  br label %b151
b149:
  call spir_func void @_Z7barrierj(i32 1) convergent
  %stride.931 = sdiv i32 %stride.911, 2
  br label %b146
b147:
  %v933 = icmp sle i32 %tokens.25, 0
  br i1 %v933, label %b153, label %b154
b154:
  %v938 = icmp sge i32 %t1, 2
  br i1 %v938, label %b153, label %b155
b155:
  %v939 = add i32 %row.23, %t1
  %v940 = icmp sge i32 %v939, 1000
  br i1 %v940, label %b153, label %b156
b156:
  %at.941 = add nsw i32 %row.23, %t1
  %v942 = mul nsw i32 %t1, 64
  %t169 = sext i32 %v942 to i64
  %t170 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t169
  %value.943 = load float, ptr addrspace(3) %t170, align 4
  %t171 = sext i32 %at.941 to i64
  %t172 = getelementptr inbounds float, ptr addrspace(1) %out.5, i64 %t171
  store float %value.943, ptr addrspace(1) %t172, align 4
  br label %b153
b153:
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
