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
  %v14 = mul nsw i32 %item, 10
  ; line 67
  %t2 = sext i32 %v14 to i64
  %t3 = getelementptr inbounds i8, ptr %blocks.0, i64 %t2
  %v15 = load half, ptr %t3, align 1, !llvm.access.group !0
  %v16 = fpext half %v15 to float
  ; line 83
  %v19 = mul nsw i32 %item, 10
  br label %b6
b6:
  %sum.24 = phi i32 [ 0, %b0 ], [ %sum.39, %b11 ]
  %j.25 = phi i32 [ 0, %b0 ], [ %v48, %b11 ]
  ; line 72
  %v27 = icmp sge i32 %j.25, 8
  br i1 %v27, label %b7, label %b8
b8:
  ; line 73
  %v32 = icmp ne i32 %j.25, 5
  br i1 %v32, label %b9, label %b10
b10:
  br label %b11
b9:
  ; line 76
  %v42 = add nsw i32 %v19, 2
  %v43 = add nsw i32 %v42, %j.25
  %t4 = sext i32 %v43 to i64
  %t5 = getelementptr inbounds i8, ptr %blocks.0, i64 %t4
  %v44 = load i8, ptr %t5, align 1, !llvm.access.group !0
  %v45 = sext i8 %v44 to i32
  %v46 = add i32 %sum.24, %v45
  br label %b11
b11:
  %sum.39 = phi i32 [ %sum.24, %b10 ], [ %v46, %b9 ]
  ; line 72
  %v48 = add i32 %j.25, 1
  br label %b6
b7:
  ; line 83
  %v50 = sitofp i32 %sum.24 to float
  %v51 = fmul reassoc nsz arcp contract float %v16, %v50
  %t6 = sext i32 %item to i64
  %t7 = getelementptr inbounds float, ptr %out.1, i64 %t6
  store float %v51, ptr %t7, align 4, !llvm.access.group !0
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
