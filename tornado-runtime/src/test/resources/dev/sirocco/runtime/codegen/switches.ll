; kernel SampleKernels.switches

define void @SampleKernels.switches(ptr noalias nocapture readonly %arrays, i64 %begin, i64 %end) nounwind {
  %in.0.slot = getelementptr inbounds ptr, ptr %arrays, i64 0
  %in.0 = load ptr, ptr %in.0.slot, align 8
  %out.1.slot = getelementptr inbounds ptr, ptr %arrays, i64 1
  %out.1 = load ptr, ptr %out.1.slot, align 8
  %t0 = trunc i64 %begin to i32
  %t1 = trunc i64 %end to i32
  call void @SampleKernels.switches.items(ptr %in.0, ptr %out.1, i32 %t0, i32 %t1)
  ret void
}

define internal void @SampleKernels.switches.items(
  ptr noalias nocapture readonly align 4 dereferenceable(80) %in.0,
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
  ; line 96
  %t2 = sext i32 %item to i64
  %t3 = getelementptr inbounds i32, ptr %in.0, i64 %t2
  %v.6 = load i32, ptr %t3, align 4, !llvm.access.group !0
  ; line 98
  %v8 = srem i32 %v.6, 4
  switch i32 %v8, label %b7 [ i32 0, label %b4 i32 1, label %b5 i32 2, label %b6 ]
b4:
  ; line 99
  %r.18 = shl i32 %v.6, 3
  br label %b8
b5:
  ; line 100
  %r.23 = ashr i32 %v.6, 2
  br label %b8
b6:
  ; line 101
  %r.25 = lshr i32 %v.6, 28
  br label %b8
b7:
  ; line 102
  %v26 = sub i32 0, %v.6
  %r.28 = xor i32 %v26, 85
  br label %b8
b8:
  %r.21 = phi i32 [ %r.18, %b4 ], [ %r.23, %b5 ], [ %r.25, %b6 ], [ %r.28, %b7 ]
  ; line 104
  %t4 = sext i32 %item to i64
  %t5 = getelementptr inbounds i32, ptr %out.1, i64 %t4
  store i32 %r.21, ptr %t5, align 4, !llvm.access.group !0
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
