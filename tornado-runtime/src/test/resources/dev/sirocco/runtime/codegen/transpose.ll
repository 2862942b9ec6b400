; kernel SampleKernels.transpose

define void @SampleKernels.transpose(ptr noalias nocapture readonly %arrays, i64 %begin, i64 %end) nounwind {
  %in.0.slot = getelementptr inbounds ptr, ptr %arrays, i64 0
  %in.0 = load ptr, ptr %in.0.slot, align 8
  %out.1.slot = getelementptr inbounds ptr, ptr %arrays, i64 1
  %out.1 = load ptr, ptr %out.1.slot, align 8
  %t0 = trunc i64 %begin to i32
  %t1 = trunc i64 %end to i32
  call void @SampleKernels.transpose.items(ptr %in.0, ptr %out.1, i32 %t0, i32 %t1)
  ret void
}

define internal void @SampleKernels.transpose.items(
  ptr noalias nocapture readonly align 4 dereferenceable(364) %in.0,
  ptr noalias nocapture writeonly align 4 dereferenceable(364) %out.1,
  i32 range(i32 0, 92) %begin,
  i32 range(i32 0, 92) %end) noinline nounwind nofree norecurse mustprogress "prefer-vector-width"="512" {
entry:
  %row.first = udiv i32 %begin, 13
  %t2 = urem i32 %begin, 13
  %t3 = sub i32 %end, 1
  %row.end = udiv i32 %t3, 13
  %t4 = urem i32 %t3, 13
  %t5 = add nuw nsw i32 %t4, 1
  %t6 = icmp ult i32 %begin, %end
  br i1 %t6, label %rows, label %exit
rows:
  %row = phi i32 [ %row.first, %entry ], [ %row.next, %row.done ]
  %t7 = icmp eq i32 %row, %row.first
  %row.last = icmp eq i32 %row, %row.end
  %from = select i1 %t7, i32 %t2, i32 0
  %to = select i1 %row.last, i32 %t5, i32 13
  br label %items
items:
  %item = phi i32 [ %from, %rows ], [ %item.next, %next ]
  %item.more = icmp slt i32 %item, %to
  br i1 %item.more, label %item.begin, label %row.done
item.begin:
  br label %b0
b0:
  ; line 32
  %v14 = mul nsw i32 %item, 7
  %v15 = add nsw i32 %v14, %row
  %v16 = mul nsw i32 %row, 13
  %v17 = add nsw i32 %v16, %item
  %t8 = sext i32 %v17 to i64
  %t9 = getelementptr inbounds float, ptr %in.0, i64 %t8
  %v18 = load float, ptr %t9, align 4, !llvm.access.group !0
  %t10 = sext i32 %v15 to i64
  %t11 = getelementptr inbounds float, ptr %out.1, i64 %t10
  store float %v18, ptr %t11, align 4, !llvm.access.group !0
  br label %next
next:
  %item.next = add nuw nsw i32 %item, 1
  br label %items, !llvm.loop !3
row.done:
  %row.next = add nuw nsw i32 %row, 1
  br i1 %row.last, label %exit, label %rows, !llvm.loop !4
exit:
  ret void
}

!0 = distinct !{}
!1 = !{!"llvm.loop.mustprogress"}
!2 = !{!"llvm.loop.parallel_accesses", !0}
!3 = distinct !{!3, !1, !2}
!4 = distinct !{!4, !1, !2}
