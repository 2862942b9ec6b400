; kernel SampleKernels.helpers

define void @SampleKernels.helpers(ptr noalias nocapture readonly %arrays, i64 %begin, i64 %end) nounwind {
  %blocks.0.slot = getelementptr inbounds ptr, ptr %arrays, i64 0
  %blocks.0 = load ptr, ptr %blocks.0.slot, align 8
  %out.1.slot = getelementptr inbounds ptr, ptr %arrays, i64 1
  %out.1 = load ptr, ptr %out.1.slot, align 8
  %t0 = trunc i64 %begin to i32
  %t1 = trunc i64 %end to i32
  call void @SampleKernels.helpers.items(ptr %blocks.0, ptr %out.1, i32 %t0, i32 %t1)
  ret void
}

define internal void @SampleKernels.helpers.items(
  ptr noalias nocapture readonly align 1 dereferenceable(200) %blocks.0,
  ptr noalias nocapture writeonly align 4 dereferenceable(80) %out.1,
  i32 range(i32 0, 21) %begin,
  i32 range(i32 0, 21) %end) noinline nounwind nofree norecurse mustprogress "prefer-vector-width"="512" {
entry:
  br label %items
items:
  %item = phi i32 [ %begin, %entry ], [ %item.next, %next ]
  %item.more = icmp slt i32 %item, %end
  br i1 %item.more, label %item.begin, label %exit
item.begin:
  br label %b0
b0:
  ; line 83
  %offset.8 = mul nsw i32 %item, 10
  ; line 67
  %t2 = sext i32 %offset.8 to i64
  %t3 = getelementptr inbounds i8, ptr %blocks.0, i64 %t2
  %v9 = load half, ptr %t3, align 1, !llvm.access.group !0
  %v10 = fpext half %v9 to float
  ; line 83
  %offset.13 = mul nsw i32 %item, 10
  br label %b6
b6:
  %sum.16 = phi i32 [ 0, %b0 ], [ %sum.25, %b11 ]
  %j.17 = phi i32 [ 0, %b0 ], [ %j.34, %b11 ]
  ; line 72
  %v19 = icmp sge i32 %j.17, 8
  br i1 %v19, label %b7, label %b8
b8:
  ; line 73
  %v22 = icmp ne i32 %j.17, 5
  br i1 %v22, label %b9, label %b10
b10:
  br label %b11
b9:
  ; line 76
  %v28 = add nsw i32 %offset.13, 2
  %v29 = add nsw i32 %v28, %j.17
  %t4 = sext i32 %v29 to i64
  %t5 = getelementptr inbounds i8, ptr %blocks.0, i64 %t4
  %v30 = load i8, ptr %t5, align 1, !llvm.access.group !0
  %v31 = sext i8 %v30 to i32
  %sum.32 = add i32 %sum.16, %v31
  br label %b11
b11:
  %sum.25 = phi i32 [ %sum.16, %b10 ], [ %sum.32, %b9 ]
  ; line 72
  %j.34 = add i32 %j.17, 1
  br label %b6
b7:
  ; line 83
  %v36 = sitofp i32 %sum.16 to float
  %v37 = fmul reassoc nsz arcp contract float %v10, %v36
  %t6 = sext i32 %item to i64
  %t7 = getelementptr inbounds float, ptr %out.1, i64 %t6
  store float %v37, ptr %t7, align 4, !llvm.access.group !0
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
