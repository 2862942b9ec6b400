; kernel SampleKernels.privateArray

define void @SampleKernels.privateArray(ptr noalias nocapture readonly %arrays, i64 %begin, i64 %end) nounwind {
  %in.0.slot = getelementptr inbounds ptr, ptr %arrays, i64 0
  %in.0 = load ptr, ptr %in.0.slot, align 8
  %out.1.slot = getelementptr inbounds ptr, ptr %arrays, i64 1
  %out.1 = load ptr, ptr %out.1.slot, align 8
  %t0 = trunc i64 %begin to i32
  %t1 = trunc i64 %end to i32
  call void @SampleKernels.privateArray.items(ptr %in.0, ptr %out.1, i32 %t0, i32 %t1)
  ret void
}

define internal void @SampleKernels.privateArray.items(
  ptr noalias nocapture readonly align 4 dereferenceable(80) %in.0,
  ptr noalias nocapture writeonly align 4 dereferenceable(80) %out.1,
  i32 range(i32 0, 21) %begin,
  i32 range(i32 0, 21) %end) noinline nounwind nofree norecurse mustprogress "prefer-vector-width"="512" {
entry:
  %array.7 = alloca [4 x i32], align 64
  br label %items
items:
  %item = phi i32 [ %begin, %entry ], [ %item.next, %next ]
  %item.more = icmp slt i32 %item, %end
  br i1 %item.more, label %item.begin, label %exit
item.begin:
  br label %b0
b0:
  ; line 110
  call void @llvm.memset.p0.i64(ptr align 64 %array.7, i8 0, i64 16, i1 false)
  br label %b4
b4:
  %j.11 = phi i32 [ 0, %b0 ], [ %j.21, %b6 ]
  ; line 111
  %v12 = icmp sgt i32 %j.11, %item
  br i1 %v12, label %b5, label %b6
b6:
  ; line 112
  %t2 = sext i32 %j.11 to i64
  %t3 = getelementptr inbounds i32, ptr %in.0, i64 %t2
  %v15 = load i32, ptr %t3, align 4, !llvm.access.group !0
  %v17 = and i32 %v15, 3
  %t4 = sext i32 %v17 to i64
  %t5 = getelementptr inbounds i32, ptr %array.7, i64 %t4
  %v18 = load i32, ptr %t5, align 4
  %v19 = add i32 %v18, %j.11
  %t6 = sext i32 %v17 to i64
  %t7 = getelementptr inbounds i32, ptr %array.7, i64 %t6
  store i32 %v19, ptr %t7, align 4
  ; line 111
  %j.21 = add i32 %j.11, 1
  br label %b4
b5:
  br label %b7
b7:
  %a.27 = phi i32 [ 0, %b5 ], [ %a.60, %b14 ]
  ; line 116
  %v29 = icmp sge i32 %a.27, 4
  br i1 %v29, label %b8, label %b9
b9:
  br label %b10
b10:
  %b.38 = phi i32 [ 0, %b9 ], [ %b.58, %b13 ]
  ; line 117
  %v40 = icmp sge i32 %b.38, 4
  br i1 %v40, label %b11, label %b12
b12:
  ; line 118
  %t8 = sext i32 %b.38 to i64
  %t9 = getelementptr inbounds i32, ptr %array.7, i64 %t8
  %v45 = load i32, ptr %t9, align 4
  %t10 = sext i32 %a.27 to i64
  %t11 = getelementptr inbounds i32, ptr %array.7, i64 %t10
  %v46 = load i32, ptr %t11, align 4
  %v47 = icmp sle i32 %v45, %v46
  br i1 %v47, label %b13, label %b14
b14:
  ; line 116
  %a.60 = add i32 %a.27, 1
  br label %b7
b13:
  ; line 117
  %b.58 = add i32 %b.38, 1
  br label %b10
b11:
  br label %b8
b8:
  %best.32 = phi i32 [ 0, %b7 ], [ %a.27, %b11 ]
  ; line 125
  %t12 = sext i32 %item to i64
  %t13 = getelementptr inbounds i32, ptr %out.1, i64 %t12
  store i32 %best.32, ptr %t13, align 4, !llvm.access.group !0
  br label %next
next:
  %item.next = add nuw nsw i32 %item, 1
  br label %items, !llvm.loop !3
exit:
  ret void
}

declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)

!0 = distinct !{}
!1 = !{!"llvm.loop.mustprogress"}
!2 = !{!"llvm.loop.parallel_accesses", !0}
!3 = distinct !{!3, !1, !2}
