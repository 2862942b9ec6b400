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
  %v144 = sdiv i32 %end.43, 32
  %v148 = mul i32 %v144, 34
  %count.151 = sdiv i32 %v148, 16
  %rounds.152 = sdiv i32 %count.151, 64
  br label %b47
b47:
  %round.157 = phi i32 [ 0, %b7 ], [ %round.524, %b51 ]
  %v158 = icmp sge i32 %round.157, %rounds.152
  br i1 %v158, label %b48, label %b49
b49:
  %v162 = mul i32 %round.157, 64
  %v163 = add i32 %v162, %t1
  %at.165 = mul i32 %v163, 16
  br label %b50
b50:
  %i.172 = phi i32 [ 0, %b49 ], [ %i.522, %b52 ]
  %v173 = icmp sge i32 %i.172, 2
  br i1 %v173, label %b51, label %b52
b52:
  %v178 = add i32 %row.23, %i.172
  %i.181 = call i32 @llvm.smin.i32(i32 %v178, i32 999)
  %from.200 = mul nsw i32 %i.181, 1088
  %t7 = sext i32 %i.172 to i64
  %t8 = getelementptr inbounds float, ptr %array.29, i64 %t7
  %v201 = load float, ptr %t8, align 4
  %v205 = add i32 %at.165, 34
  %v207 = sub i32 %v205, 1
  %next.208 = sdiv i32 %v207, 34
  %v209 = mul i32 %next.208, 34
  %split.210 = sub i32 %v209, %at.165
  %v212 = sub i32 %next.208, 1
  %left.214 = call i32 @llvm.smax.i32(i32 %v212, i32 0)
  %right.219 = call i32 @llvm.smin.i32(i32 %next.208, i32 31)
  %i.227 = add nsw i32 %from.200, %at.165
  %t9 = sext i32 %i.227 to i64
  %t10 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t9
  %v228 = load i8, ptr addrspace(1) %t10, align 1
  %v229 = sext i8 %v228 to i32
  %t11 = sext i32 %at.165 to i64
  %t12 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t11
  %v230 = load i8, ptr addrspace(1) %t12, align 1
  %v231 = sext i8 %v230 to i32
  %v232 = mul i32 %v229, %v231
  %v234 = add nsw i32 %i.227, 1
  %t13 = sext i32 %v234 to i64
  %t14 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t13
  %v235 = load i8, ptr addrspace(1) %t14, align 1
  %v236 = sext i8 %v235 to i32
  %v238 = add nsw i32 %at.165, 1
  %t15 = sext i32 %v238 to i64
  %t16 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t15
  %v239 = load i8, ptr addrspace(1) %t16, align 1
  %v240 = sext i8 %v239 to i32
  %v241 = mul i32 %v236, %v240
  %v242 = add i32 %v232, %v241
  %v244 = add nsw i32 %i.227, 2
  %t17 = sext i32 %v244 to i64
  %t18 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t17
  %v245 = load i8, ptr addrspace(1) %t18, align 1
  %v246 = sext i8 %v245 to i32
  %v248 = add nsw i32 %at.165, 2
  %t19 = sext i32 %v248 to i64
  %t20 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t19
  %v249 = load i8, ptr addrspace(1) %t20, align 1
  %v250 = sext i8 %v249 to i32
  %v251 = mul i32 %v246, %v250
  %v252 = add i32 %v242, %v251
  %v254 = add nsw i32 %i.227, 3
  %t21 = sext i32 %v254 to i64
  %t22 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t21
  %v255 = load i8, ptr addrspace(1) %t22, align 1
  %v256 = sext i8 %v255 to i32
  %v258 = add nsw i32 %at.165, 3
  %t23 = sext i32 %v258 to i64
  %t24 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t23
  %v259 = load i8, ptr addrspace(1) %t24, align 1
  %v260 = sext i8 %v259 to i32
  %v261 = mul i32 %v256, %v260
  %v262 = add i32 %v252, %v261
  %v266 = add nsw i32 %from.200, %at.165
  %i.268 = add nsw i32 %v266, 4
  %j.270 = add nsw i32 %at.165, 4
  %t25 = sext i32 %i.268 to i64
  %t26 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t25
  %v271 = load i8, ptr addrspace(1) %t26, align 1
  %v272 = sext i8 %v271 to i32
  %t27 = sext i32 %j.270 to i64
  %t28 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t27
  %v273 = load i8, ptr addrspace(1) %t28, align 1
  %v274 = sext i8 %v273 to i32
  %v275 = mul i32 %v272, %v274
  %v277 = add nsw i32 %i.268, 1
  %t29 = sext i32 %v277 to i64
  %t30 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t29
  %v278 = load i8, ptr addrspace(1) %t30, align 1
  %v279 = sext i8 %v278 to i32
  %v281 = add nsw i32 %j.270, 1
  %t31 = sext i32 %v281 to i64
  %t32 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t31
  %v282 = load i8, ptr addrspace(1) %t32, align 1
  %v283 = sext i8 %v282 to i32
  %v284 = mul i32 %v279, %v283
  %v285 = add i32 %v275, %v284
  %v287 = add nsw i32 %i.268, 2
  %t33 = sext i32 %v287 to i64
  %t34 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t33
  %v288 = load i8, ptr addrspace(1) %t34, align 1
  %v289 = sext i8 %v288 to i32
  %v291 = add nsw i32 %j.270, 2
  %t35 = sext i32 %v291 to i64
  %t36 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t35
  %v292 = load i8, ptr addrspace(1) %t36, align 1
  %v293 = sext i8 %v292 to i32
  %v294 = mul i32 %v289, %v293
  %v295 = add i32 %v285, %v294
  %v297 = add nsw i32 %i.268, 3
  %t37 = sext i32 %v297 to i64
  %t38 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t37
  %v298 = load i8, ptr addrspace(1) %t38, align 1
  %v299 = sext i8 %v298 to i32
  %v301 = add nsw i32 %j.270, 3
  %t39 = sext i32 %v301 to i64
  %t40 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t39
  %v302 = load i8, ptr addrspace(1) %t40, align 1
  %v303 = sext i8 %v302 to i32
  %v304 = mul i32 %v299, %v303
  %v305 = add i32 %v295, %v304
  %v309 = add nsw i32 %from.200, %at.165
  %i.311 = add nsw i32 %v309, 8
  %j.313 = add nsw i32 %at.165, 8
  %t41 = sext i32 %i.311 to i64
  %t42 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t41
  %v314 = load i8, ptr addrspace(1) %t42, align 1
  %v315 = sext i8 %v314 to i32
  %t43 = sext i32 %j.313 to i64
  %t44 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t43
  %v316 = load i8, ptr addrspace(1) %t44, align 1
  %v317 = sext i8 %v316 to i32
  %v318 = mul i32 %v315, %v317
  %v320 = add nsw i32 %i.311, 1
  %t45 = sext i32 %v320 to i64
  %t46 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t45
  %v321 = load i8, ptr addrspace(1) %t46, align 1
  %v322 = sext i8 %v321 to i32
  %v324 = add nsw i32 %j.313, 1
  %t47 = sext i32 %v324 to i64
  %t48 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t47
  %v325 = load i8, ptr addrspace(1) %t48, align 1
  %v326 = sext i8 %v325 to i32
  %v327 = mul i32 %v322, %v326
  %v328 = add i32 %v318, %v327
  %v330 = add nsw i32 %i.311, 2
  %t49 = sext i32 %v330 to i64
  %t50 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t49
  %v331 = load i8, ptr addrspace(1) %t50, align 1
  %v332 = sext i8 %v331 to i32
  %v334 = add nsw i32 %j.313, 2
  %t51 = sext i32 %v334 to i64
  %t52 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t51
  %v335 = load i8, ptr addrspace(1) %t52, align 1
  %v336 = sext i8 %v335 to i32
  %v337 = mul i32 %v332, %v336
  %v338 = add i32 %v328, %v337
  %v340 = add nsw i32 %i.311, 3
  %t53 = sext i32 %v340 to i64
  %t54 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t53
  %v341 = load i8, ptr addrspace(1) %t54, align 1
  %v342 = sext i8 %v341 to i32
  %v344 = add nsw i32 %j.313, 3
  %t55 = sext i32 %v344 to i64
  %t56 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t55
  %v345 = load i8, ptr addrspace(1) %t56, align 1
  %v346 = sext i8 %v345 to i32
  %v347 = mul i32 %v342, %v346
  %v348 = add i32 %v338, %v347
  %v352 = add nsw i32 %from.200, %at.165
  %i.354 = add nsw i32 %v352, 12
  %j.356 = add nsw i32 %at.165, 12
  %t57 = sext i32 %i.354 to i64
  %t58 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t57
  %v357 = load i8, ptr addrspace(1) %t58, align 1
  %v358 = sext i8 %v357 to i32
  %t59 = sext i32 %j.356 to i64
  %t60 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t59
  %v359 = load i8, ptr addrspace(1) %t60, align 1
  %v360 = sext i8 %v359 to i32
  %v361 = mul i32 %v358, %v360
  %v363 = add nsw i32 %i.354, 1
  %t61 = sext i32 %v363 to i64
  %t62 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t61
  %v364 = load i8, ptr addrspace(1) %t62, align 1
  %v365 = sext i8 %v364 to i32
  %v367 = add nsw i32 %j.356, 1
  %t63 = sext i32 %v367 to i64
  %t64 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t63
  %v368 = load i8, ptr addrspace(1) %t64, align 1
  %v369 = sext i8 %v368 to i32
  %v370 = mul i32 %v365, %v369
  %v371 = add i32 %v361, %v370
  %v373 = add nsw i32 %i.354, 2
  %t65 = sext i32 %v373 to i64
  %t66 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t65
  %v374 = load i8, ptr addrspace(1) %t66, align 1
  %v375 = sext i8 %v374 to i32
  %v377 = add nsw i32 %j.356, 2
  %t67 = sext i32 %v377 to i64
  %t68 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t67
  %v378 = load i8, ptr addrspace(1) %t68, align 1
  %v379 = sext i8 %v378 to i32
  %v380 = mul i32 %v375, %v379
  %v381 = add i32 %v371, %v380
  %v383 = add nsw i32 %i.354, 3
  %t69 = sext i32 %v383 to i64
  %t70 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t69
  %v384 = load i8, ptr addrspace(1) %t70, align 1
  %v385 = sext i8 %v384 to i32
  %v387 = add nsw i32 %j.356, 3
  %t71 = sext i32 %v387 to i64
  %t72 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t71
  %v388 = load i8, ptr addrspace(1) %t72, align 1
  %v389 = sext i8 %v388 to i32
  %v390 = mul i32 %v385, %v389
  %v391 = add i32 %v381, %v390
  %v396 = sub i32 0, %split.210
  %v398 = ashr i32 %v396, 31
  %v400 = and i32 %v262, %v398
  %v402 = sub i32 4, %split.210
  %v404 = ashr i32 %v402, 31
  %v406 = and i32 %v305, %v404
  %v407 = add i32 %v400, %v406
  %v409 = sub i32 8, %split.210
  %v411 = ashr i32 %v409, 31
  %v413 = and i32 %v348, %v411
  %v414 = add i32 %v407, %v413
  %v416 = sub i32 12, %split.210
  %v418 = ashr i32 %v416, 31
  %v420 = and i32 %v391, %v418
  %leftDot.421 = add i32 %v414, %v420
  %v422 = add i32 %v262, %v305
  %v423 = add i32 %v422, %v348
  %v424 = add i32 %v423, %v391
  %rightDot.425 = sub i32 %v424, %leftDot.421
  %v426 = mul nsw i32 %left.214, 34
  %v427 = add nsw i32 %from.200, %v426
  %t73 = sext i32 %v427 to i64
  %t74 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t73
  %v428 = load i16, ptr addrspace(1) %t74, align 2
  %v429 = call float @sirocco.half.widen(i16 %v428)
  %t75 = sext i32 %left.214 to i64
  %t76 = getelementptr inbounds float, ptr addrspace(1) %scales.3, i64 %t75
  %v430 = load float, ptr addrspace(1) %t76, align 4
  %v431 = fmul reassoc nsz arcp contract float %v429, %v430
  %v432 = sitofp i32 %leftDot.421 to float
  %v433 = fmul reassoc nsz arcp contract float %v431, %v432
  %v434 = mul nsw i32 %right.219, 34
  %v435 = add nsw i32 %from.200, %v434
  %t77 = sext i32 %v435 to i64
  %t78 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t77
  %v436 = load i16, ptr addrspace(1) %t78, align 2
  %v437 = call float @sirocco.half.widen(i16 %v436)
  %t79 = sext i32 %right.219 to i64
  %t80 = getelementptr inbounds float, ptr addrspace(1) %scales.3, i64 %t79
  %v438 = load float, ptr addrspace(1) %t80, align 4
  %v439 = fmul reassoc nsz arcp contract float %v437, %v438
  %v440 = sitofp i32 %rightDot.425 to float
  %v441 = fmul reassoc nsz arcp contract float %v439, %v440
  %product.442 = fadd reassoc nsz arcp contract float %v433, %v441
  %v520 = fadd reassoc nsz arcp contract float %v201, %product.442
  %t81 = sext i32 %i.172 to i64
  %t82 = getelementptr inbounds float, ptr %array.29, i64 %t81
  store float %v520, ptr %t82, align 4
  %i.522 = add i32 %i.172, 1
  br label %b50
b51:
  %round.524 = add i32 %round.157, 1
  br label %b47
b48:
  %v525 = mul i32 %rounds.152, 64
  %strip.526 = add i32 %v525, %t1
  br label %b94
b94:
  %strip.530 = phi i32 [ %strip.526, %b48 ], [ %strip.893, %b98 ]
  %v531 = icmp sge i32 %strip.530, %count.151
  br i1 %v531, label %b95, label %b96
b96:
  br label %b97
b97:
  %i.540 = phi i32 [ 0, %b96 ], [ %i.892, %b99 ]
  %v541 = icmp sge i32 %i.540, 2
  br i1 %v541, label %b98, label %b99
b99:
  %v546 = add i32 %row.23, %i.540
  %i.549 = call i32 @llvm.smin.i32(i32 %v546, i32 999)
  %from.568 = mul nsw i32 %i.549, 1088
  %t83 = sext i32 %i.540 to i64
  %t84 = getelementptr inbounds float, ptr %array.29, i64 %t83
  %v569 = load float, ptr %t84, align 4
  %at.571 = mul i32 %strip.530, 16
  %v575 = add i32 %at.571, 34
  %v577 = sub i32 %v575, 1
  %next.578 = sdiv i32 %v577, 34
  %v579 = mul i32 %next.578, 34
  %split.580 = sub i32 %v579, %at.571
  %v582 = sub i32 %next.578, 1
  %left.584 = call i32 @llvm.smax.i32(i32 %v582, i32 0)
  %right.589 = call i32 @llvm.smin.i32(i32 %next.578, i32 31)
  %i.597 = add nsw i32 %from.568, %at.571
  %t85 = sext i32 %i.597 to i64
  %t86 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t85
  %v598 = load i8, ptr addrspace(1) %t86, align 1
  %v599 = sext i8 %v598 to i32
  %t87 = sext i32 %at.571 to i64
  %t88 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t87
  %v600 = load i8, ptr addrspace(1) %t88, align 1
  %v601 = sext i8 %v600 to i32
  %v602 = mul i32 %v599, %v601
  %v604 = add nsw i32 %i.597, 1
  %t89 = sext i32 %v604 to i64
  %t90 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t89
  %v605 = load i8, ptr addrspace(1) %t90, align 1
  %v606 = sext i8 %v605 to i32
  %v608 = add nsw i32 %at.571, 1
  %t91 = sext i32 %v608 to i64
  %t92 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t91
  %v609 = load i8, ptr addrspace(1) %t92, align 1
  %v610 = sext i8 %v609 to i32
  %v611 = mul i32 %v606, %v610
  %v612 = add i32 %v602, %v611
  %v614 = add nsw i32 %i.597, 2
  %t93 = sext i32 %v614 to i64
  %t94 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t93
  %v615 = load i8, ptr addrspace(1) %t94, align 1
  %v616 = sext i8 %v615 to i32
  %v618 = add nsw i32 %at.571, 2
  %t95 = sext i32 %v618 to i64
  %t96 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t95
  %v619 = load i8, ptr addrspace(1) %t96, align 1
  %v620 = sext i8 %v619 to i32
  %v621 = mul i32 %v616, %v620
  %v622 = add i32 %v612, %v621
  %v624 = add nsw i32 %i.597, 3
  %t97 = sext i32 %v624 to i64
  %t98 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t97
  %v625 = load i8, ptr addrspace(1) %t98, align 1
  %v626 = sext i8 %v625 to i32
  %v628 = add nsw i32 %at.571, 3
  %t99 = sext i32 %v628 to i64
  %t100 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t99
  %v629 = load i8, ptr addrspace(1) %t100, align 1
  %v630 = sext i8 %v629 to i32
  %v631 = mul i32 %v626, %v630
  %v632 = add i32 %v622, %v631
  %v636 = add nsw i32 %from.568, %at.571
  %i.638 = add nsw i32 %v636, 4
  %j.640 = add nsw i32 %at.571, 4
  %t101 = sext i32 %i.638 to i64
  %t102 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t101
  %v641 = load i8, ptr addrspace(1) %t102, align 1
  %v642 = sext i8 %v641 to i32
  %t103 = sext i32 %j.640 to i64
  %t104 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t103
  %v643 = load i8, ptr addrspace(1) %t104, align 1
  %v644 = sext i8 %v643 to i32
  %v645 = mul i32 %v642, %v644
  %v647 = add nsw i32 %i.638, 1
  %t105 = sext i32 %v647 to i64
  %t106 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t105
  %v648 = load i8, ptr addrspace(1) %t106, align 1
  %v649 = sext i8 %v648 to i32
  %v651 = add nsw i32 %j.640, 1
  %t107 = sext i32 %v651 to i64
  %t108 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t107
  %v652 = load i8, ptr addrspace(1) %t108, align 1
  %v653 = sext i8 %v652 to i32
  %v654 = mul i32 %v649, %v653
  %v655 = add i32 %v645, %v654
  %v657 = add nsw i32 %i.638, 2
  %t109 = sext i32 %v657 to i64
  %t110 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t109
  %v658 = load i8, ptr addrspace(1) %t110, align 1
  %v659 = sext i8 %v658 to i32
  %v661 = add nsw i32 %j.640, 2
  %t111 = sext i32 %v661 to i64
  %t112 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t111
  %v662 = load i8, ptr addrspace(1) %t112, align 1
  %v663 = sext i8 %v662 to i32
  %v664 = mul i32 %v659, %v663
  %v665 = add i32 %v655, %v664
  %v667 = add nsw i32 %i.638, 3
  %t113 = sext i32 %v667 to i64
  %t114 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t113
  %v668 = load i8, ptr addrspace(1) %t114, align 1
  %v669 = sext i8 %v668 to i32
  %v671 = add nsw i32 %j.640, 3
  %t115 = sext i32 %v671 to i64
  %t116 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t115
  %v672 = load i8, ptr addrspace(1) %t116, align 1
  %v673 = sext i8 %v672 to i32
  %v674 = mul i32 %v669, %v673
  %v675 = add i32 %v665, %v674
  %v679 = add nsw i32 %from.568, %at.571
  %i.681 = add nsw i32 %v679, 8
  %j.683 = add nsw i32 %at.571, 8
  %t117 = sext i32 %i.681 to i64
  %t118 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t117
  %v684 = load i8, ptr addrspace(1) %t118, align 1
  %v685 = sext i8 %v684 to i32
  %t119 = sext i32 %j.683 to i64
  %t120 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t119
  %v686 = load i8, ptr addrspace(1) %t120, align 1
  %v687 = sext i8 %v686 to i32
  %v688 = mul i32 %v685, %v687
  %v690 = add nsw i32 %i.681, 1
  %t121 = sext i32 %v690 to i64
  %t122 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t121
  %v691 = load i8, ptr addrspace(1) %t122, align 1
  %v692 = sext i8 %v691 to i32
  %v694 = add nsw i32 %j.683, 1
  %t123 = sext i32 %v694 to i64
  %t124 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t123
  %v695 = load i8, ptr addrspace(1) %t124, align 1
  %v696 = sext i8 %v695 to i32
  %v697 = mul i32 %v692, %v696
  %v698 = add i32 %v688, %v697
  %v700 = add nsw i32 %i.681, 2
  %t125 = sext i32 %v700 to i64
  %t126 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t125
  %v701 = load i8, ptr addrspace(1) %t126, align 1
  %v702 = sext i8 %v701 to i32
  %v704 = add nsw i32 %j.683, 2
  %t127 = sext i32 %v704 to i64
  %t128 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t127
  %v705 = load i8, ptr addrspace(1) %t128, align 1
  %v706 = sext i8 %v705 to i32
  %v707 = mul i32 %v702, %v706
  %v708 = add i32 %v698, %v707
  %v710 = add nsw i32 %i.681, 3
  %t129 = sext i32 %v710 to i64
  %t130 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t129
  %v711 = load i8, ptr addrspace(1) %t130, align 1
  %v712 = sext i8 %v711 to i32
  %v714 = add nsw i32 %j.683, 3
  %t131 = sext i32 %v714 to i64
  %t132 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t131
  %v715 = load i8, ptr addrspace(1) %t132, align 1
  %v716 = sext i8 %v715 to i32
  %v717 = mul i32 %v712, %v716
  %v718 = add i32 %v708, %v717
  %v722 = add nsw i32 %from.568, %at.571
  %i.724 = add nsw i32 %v722, 12
  %j.726 = add nsw i32 %at.571, 12
  %t133 = sext i32 %i.724 to i64
  %t134 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t133
  %v727 = load i8, ptr addrspace(1) %t134, align 1
  %v728 = sext i8 %v727 to i32
  %t135 = sext i32 %j.726 to i64
  %t136 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t135
  %v729 = load i8, ptr addrspace(1) %t136, align 1
  %v730 = sext i8 %v729 to i32
  %v731 = mul i32 %v728, %v730
  %v733 = add nsw i32 %i.724, 1
  %t137 = sext i32 %v733 to i64
  %t138 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t137
  %v734 = load i8, ptr addrspace(1) %t138, align 1
  %v735 = sext i8 %v734 to i32
  %v737 = add nsw i32 %j.726, 1
  %t139 = sext i32 %v737 to i64
  %t140 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t139
  %v738 = load i8, ptr addrspace(1) %t140, align 1
  %v739 = sext i8 %v738 to i32
  %v740 = mul i32 %v735, %v739
  %v741 = add i32 %v731, %v740
  %v743 = add nsw i32 %i.724, 2
  %t141 = sext i32 %v743 to i64
  %t142 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t141
  %v744 = load i8, ptr addrspace(1) %t142, align 1
  %v745 = sext i8 %v744 to i32
  %v747 = add nsw i32 %j.726, 2
  %t143 = sext i32 %v747 to i64
  %t144 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t143
  %v748 = load i8, ptr addrspace(1) %t144, align 1
  %v749 = sext i8 %v748 to i32
  %v750 = mul i32 %v745, %v749
  %v751 = add i32 %v741, %v750
  %v753 = add nsw i32 %i.724, 3
  %t145 = sext i32 %v753 to i64
  %t146 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t145
  %v754 = load i8, ptr addrspace(1) %t146, align 1
  %v755 = sext i8 %v754 to i32
  %v757 = add nsw i32 %j.726, 3
  %t147 = sext i32 %v757 to i64
  %t148 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t147
  %v758 = load i8, ptr addrspace(1) %t148, align 1
  %v759 = sext i8 %v758 to i32
  %v760 = mul i32 %v755, %v759
  %v761 = add i32 %v751, %v760
  %v766 = sub i32 0, %split.580
  %v768 = ashr i32 %v766, 31
  %v770 = and i32 %v632, %v768
  %v772 = sub i32 4, %split.580
  %v774 = ashr i32 %v772, 31
  %v776 = and i32 %v675, %v774
  %v777 = add i32 %v770, %v776
  %v779 = sub i32 8, %split.580
  %v781 = ashr i32 %v779, 31
  %v783 = and i32 %v718, %v781
  %v784 = add i32 %v777, %v783
  %v786 = sub i32 12, %split.580
  %v788 = ashr i32 %v786, 31
  %v790 = and i32 %v761, %v788
  %leftDot.791 = add i32 %v784, %v790
  %v792 = add i32 %v632, %v675
  %v793 = add i32 %v792, %v718
  %v794 = add i32 %v793, %v761
  %rightDot.795 = sub i32 %v794, %leftDot.791
  %v796 = mul nsw i32 %left.584, 34
  %v797 = add nsw i32 %from.568, %v796
  %t149 = sext i32 %v797 to i64
  %t150 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t149
  %v798 = load i16, ptr addrspace(1) %t150, align 2
  %v799 = call float @sirocco.half.widen(i16 %v798)
  %t151 = sext i32 %left.584 to i64
  %t152 = getelementptr inbounds float, ptr addrspace(1) %scales.3, i64 %t151
  %v800 = load float, ptr addrspace(1) %t152, align 4
  %v801 = fmul reassoc nsz arcp contract float %v799, %v800
  %v802 = sitofp i32 %leftDot.791 to float
  %v803 = fmul reassoc nsz arcp contract float %v801, %v802
  %v804 = mul nsw i32 %right.589, 34
  %v805 = add nsw i32 %from.568, %v804
  %t153 = sext i32 %v805 to i64
  %t154 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t153
  %v806 = load i16, ptr addrspace(1) %t154, align 2
  %v807 = call float @sirocco.half.widen(i16 %v806)
  %t155 = sext i32 %right.589 to i64
  %t156 = getelementptr inbounds float, ptr addrspace(1) %scales.3, i64 %t155
  %v808 = load float, ptr addrspace(1) %t156, align 4
  %v809 = fmul reassoc nsz arcp contract float %v807, %v808
  %v810 = sitofp i32 %rightDot.795 to float
  %v811 = fmul reassoc nsz arcp contract float %v809, %v810
  %product.812 = fadd reassoc nsz arcp contract float %v803, %v811
  %v890 = fadd reassoc nsz arcp contract float %v569, %product.812
  %t157 = sext i32 %i.540 to i64
  %t158 = getelementptr inbounds float, ptr %array.29, i64 %t157
  store float %v890, ptr %t158, align 4
  %i.892 = add i32 %i.540, 1
  br label %b97
b98:
  %strip.893 = add i32 %strip.530, 64
  br label %b94
b95:
  br label %b141
b141:
  %i.897 = phi i32 [ 0, %b95 ], [ %i.906, %b143 ]
  %v898 = icmp sge i32 %i.897, 2
  br i1 %v898, label %b142, label %b143
b143:
  %v901 = add nsw i32 0, %i.897
  %v902 = mul nsw i32 %v901, 64
  %v903 = add nsw i32 %v902, %t1
  %t159 = sext i32 %i.897 to i64
  %t160 = getelementptr inbounds float, ptr %array.29, i64 %t159
  %v904 = load float, ptr %t160, align 4
  %t161 = sext i32 %v903 to i64
  %t162 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t161
  store float %v904, ptr addrspace(3) %t162, align 4
  %i.906 = add i32 %i.897, 1
  br label %b141
b142:
  call spir_func void @_Z7barrierj(i32 1) convergent
  br label %b145
b145:
  %stride.909 = phi i32 [ 32, %b142 ], [ %stride.929, %b148 ]
  %v911 = icmp sle i32 %stride.909, 0
  br i1 %v911, label %b146, label %b147
b147:
  %v912 = icmp sge i32 %t1, %stride.909
  br i1 %v912, label %b148, label %b149
b149:
  br label %b150
b150:
  %row.916 = phi i32 [ 0, %b149 ], [ %row.927, %b151 ]
  %v917 = icmp sge i32 %row.916, 2
  br i1 %v917, label %b148, label %b151
b151:
  %v918 = mul nsw i32 %row.916, 64
  %v919 = add nsw i32 %v918, %t1
  %t163 = sext i32 %v919 to i64
  %t164 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t163
  %v920 = load float, ptr addrspace(3) %t164, align 4
  %v921 = mul nsw i32 %row.916, 64
  %v922 = add nsw i32 %v921, %t1
  %v923 = add nsw i32 %v922, %stride.909
  %t165 = sext i32 %v923 to i64
  %t166 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t165
  %v924 = load float, ptr addrspace(3) %t166, align 4
  %v925 = fadd reassoc nsz arcp contract float %v920, %v924
  %t167 = sext i32 %v919 to i64
  %t168 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t167
  store float %v925, ptr addrspace(3) %t168, align 4
  %row.927 = add i32 %row.916, 1
  br label %b150
b148:
  call spir_func void @_Z7barrierj(i32 1) convergent
  %stride.929 = sdiv i32 %stride.909, 2
  br label %b145
b146:
  %v931 = icmp sle i32 %tokens.25, 0
  br i1 %v931, label %b152, label %b153
b153:
  %v936 = icmp sge i32 %t1, 2
  br i1 %v936, label %b152, label %b154
b154:
  %v937 = add i32 %row.23, %t1
  %v938 = icmp sge i32 %v937, 1000
  br i1 %v938, label %b152, label %b155
b155:
  %at.939 = add nsw i32 %row.23, %t1
  %v940 = mul nsw i32 %t1, 64
  %t169 = sext i32 %v940 to i64
  %t170 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t169
  %value.941 = load float, ptr addrspace(3) %t170, align 4
  %t171 = sext i32 %at.939 to i64
  %t172 = getelementptr inbounds float, ptr addrspace(1) %out.5, i64 %t171
  store float %value.941, ptr addrspace(1) %t172, align 4
  br label %b152
b152:
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
