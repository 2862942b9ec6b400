; kernel SampleKernels.saxpy

define void @SampleKernels.saxpy(ptr noalias nocapture readonly %arrays, i64 %begin, i64 %end) nounwind {
  %x.0.slot = getelementptr inbounds ptr, ptr %arrays, i64 0
  %x.0 = load ptr, ptr %x.0.slot, align 8
  %y.1.slot = getelementptr inbounds ptr, ptr %arrays, i64 1
  %y.1 = load ptr, ptr %y.1.slot, align 8
  %t0 = trunc i64 %begin to i32
  %t1 = trunc i64 %end to i32
  call void @SampleKernels.saxpy.items(ptr %x.0, ptr %y.1, i32 %t0, i32 %t1)
  ret void
}

define internal void @SampleKernels.saxpy.items(
  ptr noalias nocapture readonly align 4 dereferenceable(400) %x.0,
  ptr noalias nocapture align 4 dereferenceable(400) %y.1,
  i32 range(i32 0, 101) %begin,
  i32 range(i32 0, 101) %end) noinline nounwind nofree norecurse mustprogress "prefer-vector-width"="512" {
entry:
  br label %items
items:
  %item = phi i32 [ %begin, %entry ], [ %item.next, %next ]
  %item.more = icmp slt i32 %item, %end
  br i1 %item.more, label %item.begin, label %exit
item.begin:
  br label %b0
b0:
  ; line 19
  %t2 = sext i32 %item to i64
  %t3 = getelementptr inbounds float, ptr %x.0, i64 %t2
  %v8 = load float, ptr %t3, align 4, !llvm.access.group !0
  %v9 = fmul reassoc nsz arcp contract float 0x4000000000000000, %v8
  %t4 = sext i32 %item to i64
  %t5 = getelementptr inbounds float, ptr %y.1, i64 %t4
  %v10 = load float, ptr %t5, align 4, !llvm.access.group !0
  %v11 = fadd reassoc nsz arcp contract float %v9, %v10
  %t6 = sext i32 %item to i64
  %t7 = getelementptr inbounds float, ptr %y.1, i64 %t6
  store float %v11, ptr %t7, align 4, !llvm.access.group !0
  br label %next
next:
  %item.next = add nuw nsw i32 %item, 1
  br label %items, !llvm.loop !3
exit:
  ret void
}

!0 = distinct !{}
!1 = !{!"llvm.loop.mustprogress"}
!2 = !{!"llvm.loop.parallel_accesses", !0}
!3 = distinct !{!3, !1, !2}
