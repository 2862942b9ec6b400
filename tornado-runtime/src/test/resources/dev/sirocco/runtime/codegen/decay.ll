; kernel GoldenTest.decay

define void @GoldenTest.decay(ptr noalias nocapture readonly %arrays, i64 %begin, i64 %end) nounwind {
  %x.0.slot = getelementptr inbounds ptr, ptr %arrays, i64 0
  %x.0 = load ptr, ptr %x.0.slot, align 8
  %t0 = trunc i64 %begin to i32
  %t1 = trunc i64 %end to i32
  call void @GoldenTest.decay.items(ptr %x.0, i32 %t0, i32 %t1)
  ret void
}

define internal void @GoldenTest.decay.items(
  ptr noalias nocapture align 4 dereferenceable(40) %x.0,
  i32 range(i32 0, 11) %begin,
  i32 range(i32 0, 11) %end) noinline nounwind nofree norecurse mustprogress "prefer-vector-width"="512" {
entry:
  br label %items
items:
  %item = phi i32 [ %begin, %entry ], [ %item.next, %next ]
  %item.more = icmp slt i32 %item, %end
  br i1 %item.more, label %item.begin, label %exit
item.begin:
  br label %b0
b0:
  ; line 32
  %t2 = sext i32 %item to i64
  %t3 = getelementptr inbounds float, ptr %x.0, i64 %t2
  %v6 = load float, ptr %t3, align 4, !llvm.access.group !0
  %v7 = fneg float %v6
  %v8 = call float @sirocco.exp.f32(float %v7)
  %t4 = sext i32 %item to i64
  %t5 = getelementptr inbounds float, ptr %x.0, i64 %t4
  store float %v8, ptr %t5, align 4, !llvm.access.group !0
  br label %next
next:
  %item.next = add nuw nsw i32 %item, 1
  br label %items, !llvm.loop !3
exit:
  ret void
}

define internal float @sirocco.exp.f32(float %x) alwaysinline nounwind {
  %low = fcmp olt float %x, 0xC05A200000000000
  %raised = select i1 %low, float 0xC05A200000000000, float %x
  %high = fcmp ogt float %raised, 0x4056400000000000
  %c = select i1 %high, float 0x4056400000000000, float %raised
  %shifted = call float @llvm.fmuladd.f32(float %c, float 0x3FF7154760000000, float 0x4168000000000000)
  %n = fsub float %shifted, 0x4168000000000000
  %r.upper = call float @llvm.fmuladd.f32(float %n, float 0xBFE6300000000000, float %c)
  %r = call float @llvm.fmuladd.f32(float %n, float 0x3F2BD01060000000, float %r.upper)
  %q3 = call float @llvm.fmuladd.f32(float 0x3F56A23D00000000, float %r, float 0x3F8123A200000000)
  %q2 = call float @llvm.fmuladd.f32(float %q3, float %r, float 0x3FA5558F20000000)
  %q1 = call float @llvm.fmuladd.f32(float %q2, float %r, float 0x3FC5554920000000)
  %q0 = call float @llvm.fmuladd.f32(float %q1, float %r, float 0x3FDFFFFFC0000000)
  %r2 = fmul float %r, %r
  %tail = call float @llvm.fmuladd.f32(float %q0, float %r2, float %r)
  %p = fadd float %tail, 0x3FF0000000000000
  %bits = bitcast float %shifted to i32
  %exponent = sub i32 %bits, 1262485504
  %half = ashr i32 %exponent, 1
  %rest = sub i32 %exponent, %half
  %biased1 = add i32 %half, 127
  %field1 = shl i32 %biased1, 23
  %scale1 = bitcast i32 %field1 to float
  %biased2 = add i32 %rest, 127
  %field2 = shl i32 %biased2, 23
  %scale2 = bitcast i32 %field2 to float
  %p1 = fmul float %p, %scale1
  %p2 = fmul float %p1, %scale2
  ret float %p2
}

declare float @llvm.fmuladd.f32(float, float, float)

!0 = distinct !{}
!1 = !{!"llvm.loop.mustprogress"}
!2 = !{!"llvm.loop.parallel_accesses", !0}
!3 = distinct !{!3, !1, !2}
