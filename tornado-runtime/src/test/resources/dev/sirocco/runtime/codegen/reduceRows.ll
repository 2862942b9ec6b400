; kernel SampleKernels.reduceRows

define void @SampleKernels.reduceRows(ptr noalias nocapture readonly %arrays, i64 %begin, i64 %end) nounwind {
  %in.0.slot = getelementptr inbounds ptr, ptr %arrays, i64 0
  %in.0 = load ptr, ptr %in.0.slot, align 8
  %out.1.slot = getelementptr inbounds ptr, ptr %arrays, i64 1
  %out.1 = load ptr, ptr %out.1.slot, align 8
  %t0 = trunc i64 %begin to i32
  %t1 = trunc i64 %end to i32
  call void @SampleKernels.reduceRows.items(ptr %in.0, ptr %out.1, i32 %t0, i32 %t1)
  ret void
}

define internal void @SampleKernels.reduceRows.items(
  ptr noalias nocapture readonly align 4 dereferenceable(2000) %in.0,
  ptr noalias nocapture writeonly align 4 dereferenceable(20) %out.1,
  i32 range(i32 0, 6) %begin,
  i32 range(i32 0, 6) %end) noinline nounwind nofree norecurse mustprogress "prefer-vector-width"="512" {
entry:
  br label %items
items:
  %item = phi i32 [ %begin, %entry ], [ %item.next, %next ]
  %item.more = icmp slt i32 %item, %end
  br i1 %item.more, label %item.begin, label %exit
item.begin:
  br label %b0
b0:
  br label %b4
b4:
  %sum.13 = phi float [ 0x0000000000000000, %b0 ], [ %sum.23, %b9 ]
  %largest.14 = phi float [ 0xC6293E5940000000, %b0 ], [ %largest.35, %b9 ]
  %c.15 = phi i32 [ 0, %b0 ], [ %c.37, %b9 ]
  ; line 41
  %v16 = icmp sge i32 %c.15, 100
  br i1 %v16, label %b5, label %b6
b6:
  ; line 42
  %v20 = mul nsw i32 %item, 100
  %v21 = add nsw i32 %v20, %c.15
  %t2 = sext i32 %v21 to i64
  %t3 = getelementptr inbounds float, ptr %in.0, i64 %t2
  %v.22 = load float, ptr %t3, align 4, !llvm.access.group !0
  ; line 43
  %sum.23 = fadd reassoc nsz arcp contract float %sum.13, %v.22
  ; line 44
  %v24 = fcmp ogt float %v.22, %largest.14
  br i1 %v24, label %b8, label %b7
b8:
  br label %b9
b7:
  br label %b9
b9:
  %largest.35 = phi float [ %v.22, %b8 ], [ %largest.14, %b7 ]
  ; line 41
  %c.37 = add i32 %c.15, 1
  br label %b4
b5:
  ; line 46
  %t4 = sext i32 %item to i64
  %t5 = getelementptr inbounds float, ptr %out.1, i64 %t4
  store float %sum.13, ptr %t5, align 4, !llvm.access.group !0
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
