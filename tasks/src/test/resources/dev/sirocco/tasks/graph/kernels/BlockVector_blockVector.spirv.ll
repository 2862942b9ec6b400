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
  %round.151 = phi i32 [ 0, %b7 ], [ %round.533, %b47 ]
  %v152 = icmp sge i32 %round.151, %rounds.146
  br i1 %v152, label %b44, label %b45
b45:
  %v156 = mul i32 %round.151, 64
  %v157 = add i32 %v156, %t1
  %at.159 = mul i32 %v157, 16
  br label %b46
b46:
  %i.166 = phi i32 [ 0, %b45 ], [ %i.531, %b48 ]
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
  %v529 = fadd reassoc nsz arcp contract float %v195, %product.436
  %t81 = sext i32 %i.166 to i64
  %t82 = getelementptr inbounds float, ptr %array.29, i64 %t81
  store float %v529, ptr %t82, align 4
  %i.531 = add i32 %i.166, 1
  br label %b46
b47:
  %round.533 = add i32 %round.151, 1
  br label %b43
b44:
  %v534 = mul i32 %rounds.146, 64
  %strip.535 = add i32 %v534, %t1
  br label %b91
b91:
  %strip.539 = phi i32 [ %strip.535, %b44 ], [ %strip.917, %b95 ]
  %v540 = icmp sge i32 %strip.539, %count.145
  br i1 %v540, label %b92, label %b93
b93:
  br label %b94
b94:
  %i.549 = phi i32 [ 0, %b93 ], [ %i.916, %b96 ]
  %v550 = icmp sge i32 %i.549, 2
  br i1 %v550, label %b95, label %b96
b96:
  %v555 = add i32 %row.23, %i.549
  %i.558 = call i32 @llvm.smin.i32(i32 %v555, i32 999)
  %from.577 = mul nsw i32 %i.558, 1088
  %t83 = sext i32 %i.549 to i64
  %t84 = getelementptr inbounds float, ptr %array.29, i64 %t83
  %v578 = load float, ptr %t84, align 4
  %at.580 = mul i32 %strip.539, 16
  %v584 = add i32 %at.580, 34
  %v586 = sub i32 %v584, 1
  %next.587 = sdiv i32 %v586, 34
  %v588 = mul i32 %next.587, 34
  %split.589 = sub i32 %v588, %at.580
  %v591 = sub i32 %next.587, 1
  %left.593 = call i32 @llvm.smax.i32(i32 %v591, i32 0)
  %right.598 = call i32 @llvm.smin.i32(i32 %next.587, i32 31)
  %i.606 = add nsw i32 %from.577, %at.580
  %t85 = sext i32 %i.606 to i64
  %t86 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t85
  %v607 = load i8, ptr addrspace(1) %t86, align 1
  %v608 = sext i8 %v607 to i32
  %t87 = sext i32 %at.580 to i64
  %t88 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t87
  %v609 = load i8, ptr addrspace(1) %t88, align 1
  %v610 = sext i8 %v609 to i32
  %v611 = mul i32 %v608, %v610
  %v613 = add nsw i32 %i.606, 1
  %t89 = sext i32 %v613 to i64
  %t90 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t89
  %v614 = load i8, ptr addrspace(1) %t90, align 1
  %v615 = sext i8 %v614 to i32
  %v617 = add nsw i32 %at.580, 1
  %t91 = sext i32 %v617 to i64
  %t92 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t91
  %v618 = load i8, ptr addrspace(1) %t92, align 1
  %v619 = sext i8 %v618 to i32
  %v620 = mul i32 %v615, %v619
  %v621 = add i32 %v611, %v620
  %v623 = add nsw i32 %i.606, 2
  %t93 = sext i32 %v623 to i64
  %t94 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t93
  %v624 = load i8, ptr addrspace(1) %t94, align 1
  %v625 = sext i8 %v624 to i32
  %v627 = add nsw i32 %at.580, 2
  %t95 = sext i32 %v627 to i64
  %t96 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t95
  %v628 = load i8, ptr addrspace(1) %t96, align 1
  %v629 = sext i8 %v628 to i32
  %v630 = mul i32 %v625, %v629
  %v631 = add i32 %v621, %v630
  %v633 = add nsw i32 %i.606, 3
  %t97 = sext i32 %v633 to i64
  %t98 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t97
  %v634 = load i8, ptr addrspace(1) %t98, align 1
  %v635 = sext i8 %v634 to i32
  %v637 = add nsw i32 %at.580, 3
  %t99 = sext i32 %v637 to i64
  %t100 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t99
  %v638 = load i8, ptr addrspace(1) %t100, align 1
  %v639 = sext i8 %v638 to i32
  %v640 = mul i32 %v635, %v639
  %v641 = add i32 %v631, %v640
  %v645 = add nsw i32 %from.577, %at.580
  %i.647 = add nsw i32 %v645, 4
  %j.649 = add nsw i32 %at.580, 4
  %t101 = sext i32 %i.647 to i64
  %t102 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t101
  %v650 = load i8, ptr addrspace(1) %t102, align 1
  %v651 = sext i8 %v650 to i32
  %t103 = sext i32 %j.649 to i64
  %t104 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t103
  %v652 = load i8, ptr addrspace(1) %t104, align 1
  %v653 = sext i8 %v652 to i32
  %v654 = mul i32 %v651, %v653
  %v656 = add nsw i32 %i.647, 1
  %t105 = sext i32 %v656 to i64
  %t106 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t105
  %v657 = load i8, ptr addrspace(1) %t106, align 1
  %v658 = sext i8 %v657 to i32
  %v660 = add nsw i32 %j.649, 1
  %t107 = sext i32 %v660 to i64
  %t108 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t107
  %v661 = load i8, ptr addrspace(1) %t108, align 1
  %v662 = sext i8 %v661 to i32
  %v663 = mul i32 %v658, %v662
  %v664 = add i32 %v654, %v663
  %v666 = add nsw i32 %i.647, 2
  %t109 = sext i32 %v666 to i64
  %t110 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t109
  %v667 = load i8, ptr addrspace(1) %t110, align 1
  %v668 = sext i8 %v667 to i32
  %v670 = add nsw i32 %j.649, 2
  %t111 = sext i32 %v670 to i64
  %t112 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t111
  %v671 = load i8, ptr addrspace(1) %t112, align 1
  %v672 = sext i8 %v671 to i32
  %v673 = mul i32 %v668, %v672
  %v674 = add i32 %v664, %v673
  %v676 = add nsw i32 %i.647, 3
  %t113 = sext i32 %v676 to i64
  %t114 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t113
  %v677 = load i8, ptr addrspace(1) %t114, align 1
  %v678 = sext i8 %v677 to i32
  %v680 = add nsw i32 %j.649, 3
  %t115 = sext i32 %v680 to i64
  %t116 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t115
  %v681 = load i8, ptr addrspace(1) %t116, align 1
  %v682 = sext i8 %v681 to i32
  %v683 = mul i32 %v678, %v682
  %v684 = add i32 %v674, %v683
  %v688 = add nsw i32 %from.577, %at.580
  %i.690 = add nsw i32 %v688, 8
  %j.692 = add nsw i32 %at.580, 8
  %t117 = sext i32 %i.690 to i64
  %t118 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t117
  %v693 = load i8, ptr addrspace(1) %t118, align 1
  %v694 = sext i8 %v693 to i32
  %t119 = sext i32 %j.692 to i64
  %t120 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t119
  %v695 = load i8, ptr addrspace(1) %t120, align 1
  %v696 = sext i8 %v695 to i32
  %v697 = mul i32 %v694, %v696
  %v699 = add nsw i32 %i.690, 1
  %t121 = sext i32 %v699 to i64
  %t122 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t121
  %v700 = load i8, ptr addrspace(1) %t122, align 1
  %v701 = sext i8 %v700 to i32
  %v703 = add nsw i32 %j.692, 1
  %t123 = sext i32 %v703 to i64
  %t124 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t123
  %v704 = load i8, ptr addrspace(1) %t124, align 1
  %v705 = sext i8 %v704 to i32
  %v706 = mul i32 %v701, %v705
  %v707 = add i32 %v697, %v706
  %v709 = add nsw i32 %i.690, 2
  %t125 = sext i32 %v709 to i64
  %t126 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t125
  %v710 = load i8, ptr addrspace(1) %t126, align 1
  %v711 = sext i8 %v710 to i32
  %v713 = add nsw i32 %j.692, 2
  %t127 = sext i32 %v713 to i64
  %t128 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t127
  %v714 = load i8, ptr addrspace(1) %t128, align 1
  %v715 = sext i8 %v714 to i32
  %v716 = mul i32 %v711, %v715
  %v717 = add i32 %v707, %v716
  %v719 = add nsw i32 %i.690, 3
  %t129 = sext i32 %v719 to i64
  %t130 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t129
  %v720 = load i8, ptr addrspace(1) %t130, align 1
  %v721 = sext i8 %v720 to i32
  %v723 = add nsw i32 %j.692, 3
  %t131 = sext i32 %v723 to i64
  %t132 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t131
  %v724 = load i8, ptr addrspace(1) %t132, align 1
  %v725 = sext i8 %v724 to i32
  %v726 = mul i32 %v721, %v725
  %v727 = add i32 %v717, %v726
  %v731 = add nsw i32 %from.577, %at.580
  %i.733 = add nsw i32 %v731, 12
  %j.735 = add nsw i32 %at.580, 12
  %t133 = sext i32 %i.733 to i64
  %t134 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t133
  %v736 = load i8, ptr addrspace(1) %t134, align 1
  %v737 = sext i8 %v736 to i32
  %t135 = sext i32 %j.735 to i64
  %t136 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t135
  %v738 = load i8, ptr addrspace(1) %t136, align 1
  %v739 = sext i8 %v738 to i32
  %v740 = mul i32 %v737, %v739
  %v742 = add nsw i32 %i.733, 1
  %t137 = sext i32 %v742 to i64
  %t138 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t137
  %v743 = load i8, ptr addrspace(1) %t138, align 1
  %v744 = sext i8 %v743 to i32
  %v746 = add nsw i32 %j.735, 1
  %t139 = sext i32 %v746 to i64
  %t140 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t139
  %v747 = load i8, ptr addrspace(1) %t140, align 1
  %v748 = sext i8 %v747 to i32
  %v749 = mul i32 %v744, %v748
  %v750 = add i32 %v740, %v749
  %v752 = add nsw i32 %i.733, 2
  %t141 = sext i32 %v752 to i64
  %t142 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t141
  %v753 = load i8, ptr addrspace(1) %t142, align 1
  %v754 = sext i8 %v753 to i32
  %v756 = add nsw i32 %j.735, 2
  %t143 = sext i32 %v756 to i64
  %t144 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t143
  %v757 = load i8, ptr addrspace(1) %t144, align 1
  %v758 = sext i8 %v757 to i32
  %v759 = mul i32 %v754, %v758
  %v760 = add i32 %v750, %v759
  %v762 = add nsw i32 %i.733, 3
  %t145 = sext i32 %v762 to i64
  %t146 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t145
  %v763 = load i8, ptr addrspace(1) %t146, align 1
  %v764 = sext i8 %v763 to i32
  %v766 = add nsw i32 %j.735, 3
  %t147 = sext i32 %v766 to i64
  %t148 = getelementptr inbounds i8, ptr addrspace(1) %x.2, i64 %t147
  %v767 = load i8, ptr addrspace(1) %t148, align 1
  %v768 = sext i8 %v767 to i32
  %v769 = mul i32 %v764, %v768
  %v770 = add i32 %v760, %v769
  %v775 = sub i32 0, %split.589
  %v777 = ashr i32 %v775, 31
  %v779 = and i32 %v641, %v777
  %v781 = sub i32 4, %split.589
  %v783 = ashr i32 %v781, 31
  %v785 = and i32 %v684, %v783
  %v786 = add i32 %v779, %v785
  %v788 = sub i32 8, %split.589
  %v790 = ashr i32 %v788, 31
  %v792 = and i32 %v727, %v790
  %v793 = add i32 %v786, %v792
  %v795 = sub i32 12, %split.589
  %v797 = ashr i32 %v795, 31
  %v799 = and i32 %v770, %v797
  %leftDot.800 = add i32 %v793, %v799
  %v801 = add i32 %v641, %v684
  %v802 = add i32 %v801, %v727
  %v803 = add i32 %v802, %v770
  %rightDot.804 = sub i32 %v803, %leftDot.800
  %v805 = mul nsw i32 %left.593, 34
  %v806 = add nsw i32 %from.577, %v805
  %t149 = sext i32 %v806 to i64
  %t150 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t149
  %v807 = load i16, ptr addrspace(1) %t150, align 2
  %v808 = call float @sirocco.half.widen(i16 %v807)
  %t151 = sext i32 %left.593 to i64
  %t152 = getelementptr inbounds float, ptr addrspace(1) %scales.3, i64 %t151
  %v809 = load float, ptr addrspace(1) %t152, align 4
  %v810 = fmul reassoc nsz arcp contract float %v808, %v809
  %v811 = sitofp i32 %leftDot.800 to float
  %v812 = fmul reassoc nsz arcp contract float %v810, %v811
  %v813 = mul nsw i32 %right.598, 34
  %v814 = add nsw i32 %from.577, %v813
  %t153 = sext i32 %v814 to i64
  %t154 = getelementptr inbounds i8, ptr addrspace(1) %weights.1, i64 %t153
  %v815 = load i16, ptr addrspace(1) %t154, align 2
  %v816 = call float @sirocco.half.widen(i16 %v815)
  %t155 = sext i32 %right.598 to i64
  %t156 = getelementptr inbounds float, ptr addrspace(1) %scales.3, i64 %t155
  %v817 = load float, ptr addrspace(1) %t156, align 4
  %v818 = fmul reassoc nsz arcp contract float %v816, %v817
  %v819 = sitofp i32 %rightDot.804 to float
  %v820 = fmul reassoc nsz arcp contract float %v818, %v819
  %product.821 = fadd reassoc nsz arcp contract float %v812, %v820
  %v914 = fadd reassoc nsz arcp contract float %v578, %product.821
  %t157 = sext i32 %i.549 to i64
  %t158 = getelementptr inbounds float, ptr %array.29, i64 %t157
  store float %v914, ptr %t158, align 4
  %i.916 = add i32 %i.549, 1
  br label %b94
b95:
  %strip.917 = add i32 %strip.539, 64
  br label %b91
b92:
  br label %b139
b139:
  %i.921 = phi i32 [ 0, %b92 ], [ %i.930, %b141 ]
  %v922 = icmp sge i32 %i.921, 2
  br i1 %v922, label %b140, label %b141
b141:
  %v925 = add nsw i32 0, %i.921
  %v926 = mul nsw i32 %v925, 64
  %v927 = add nsw i32 %v926, %t1
  %t159 = sext i32 %i.921 to i64
  %t160 = getelementptr inbounds float, ptr %array.29, i64 %t159
  %v928 = load float, ptr %t160, align 4
  %t161 = sext i32 %v927 to i64
  %t162 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t161
  store float %v928, ptr addrspace(3) %t162, align 4
  %i.930 = add i32 %i.921, 1
  br label %b139
b140:
  call spir_func void @_Z7barrierj(i32 1) convergent
  br label %b143
b143:
  %stride.933 = phi i32 [ 32, %b140 ], [ %stride.953, %b146 ]
  %v935 = icmp sle i32 %stride.933, 0
  br i1 %v935, label %b144, label %b145
b145:
  %v936 = icmp sge i32 %t1, %stride.933
  br i1 %v936, label %b146, label %b147
b147:
  br label %b148
b148:
  %row.940 = phi i32 [ 0, %b147 ], [ %row.951, %b149 ]
  %v941 = icmp sge i32 %row.940, 2
  br i1 %v941, label %b146, label %b149
b149:
  %v942 = mul nsw i32 %row.940, 64
  %v943 = add nsw i32 %v942, %t1
  %t163 = sext i32 %v943 to i64
  %t164 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t163
  %v944 = load float, ptr addrspace(3) %t164, align 4
  %v945 = mul nsw i32 %row.940, 64
  %v946 = add nsw i32 %v945, %t1
  %v947 = add nsw i32 %v946, %stride.933
  %t165 = sext i32 %v947 to i64
  %t166 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t165
  %v948 = load float, ptr addrspace(3) %t166, align 4
  %v949 = fadd reassoc nsz arcp contract float %v944, %v948
  %t167 = sext i32 %v943 to i64
  %t168 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t167
  store float %v949, ptr addrspace(3) %t168, align 4
  %row.951 = add i32 %row.940, 1
  br label %b148
b146:
  call spir_func void @_Z7barrierj(i32 1) convergent
  %stride.953 = sdiv i32 %stride.933, 2
  br label %b143
b144:
  %v955 = icmp sle i32 %tokens.25, 0
  br i1 %v955, label %b150, label %b151
b151:
  %v960 = icmp sge i32 %t1, 2
  br i1 %v960, label %b150, label %b152
b152:
  %v961 = add i32 %row.23, %t1
  %v962 = icmp sge i32 %v961, 1000
  br i1 %v962, label %b150, label %b153
b153:
  %at.963 = add nsw i32 %row.23, %t1
  %v964 = mul nsw i32 %t1, 64
  %t169 = sext i32 %v964 to i64
  %t170 = getelementptr inbounds float, ptr addrspace(3) @BlockVector_blockVector_local20, i64 %t169
  %value.965 = load float, ptr addrspace(3) %t170, align 4
  %t171 = sext i32 %at.963 to i64
  %t172 = getelementptr inbounds float, ptr addrspace(1) %out.5, i64 %t171
  store float %value.965, ptr addrspace(1) %t172, align 4
  br label %b150
b150:
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
