; kernel SampleKernels.scaledRows

define void @SampleKernels.scaledRows(ptr noalias nocapture readonly %arrays, i64 %begin, i64 %end) nounwind {
  %rows.0.slot = getelementptr inbounds ptr, ptr %arrays, i64 0
  %rows.0 = load ptr, ptr %rows.0.slot, align 8
  %out.1.slot = getelementptr inbounds ptr, ptr %arrays, i64 1
  %out.1 = load ptr, ptr %out.1.slot, align 8
  %t0 = trunc i64 %begin to i32
  %t1 = trunc i64 %end to i32
  call void @SampleKernels.scaledRows.items(ptr %rows.0, ptr %out.1, i32 %t0, i32 %t1)
  ret void
}

define internal void @SampleKernels.scaledRows.items(
  ptr noalias nocapture readonly align 1 dereferenceable(340) %rows.0,
  ptr noalias nocapture writeonly align 4 dereferenceable(8) %out.1,
  i32 range(i32 0, 3) %begin,
  i32 range(i32 0, 3) %end) noinline nounwind nofree norecurse mustprogress "prefer-vector-width"="512" {
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
  %sum.12 = phi float [ 0x0000000000000000, %b0 ], [ %sum.49, %b8 ]
  %b.13 = phi i32 [ 0, %b0 ], [ %b.51, %b8 ]
  ; line 208
  %v14 = icmp sge i32 %b.13, 5
  br i1 %v14, label %b5, label %b6
b6:
  ; line 209
  %v17 = mul nsw i32 %item, 5
  %v18 = add nsw i32 %v17, %b.13
  %block.20 = mul nsw i32 %v18, 34
  ; line 212
  %v53 = add nsw i32 %block.20, 2
  %t2 = sext i32 %v53 to i64
  %t3 = getelementptr inbounds i8, ptr %rows.0, i64 %t2
  %t4 = getelementptr i8, ptr %t3, i64 4096
  call void @llvm.prefetch.p0(ptr %t4, i32 0, i32 3, i32 1)
  br label %b7
b7:
  %bytes.27 = phi i32 [ 0, %b6 ], [ %bytes.41, %b9 ]
  %i.28 = phi i32 [ 0, %b6 ], [ %i.43, %b9 ]
  ; line 211
  %v30 = icmp sge i32 %i.28, 32
  br i1 %v30, label %b8, label %b9
b9:
  ; line 212
  %v37 = add nsw i32 %block.20, 2
  %v38 = add nsw i32 %v37, %i.28
  %t5 = sext i32 %v38 to i64
  %t6 = getelementptr inbounds i8, ptr %rows.0, i64 %t5
  %v39 = load i8, ptr %t6, align 1, !llvm.access.group !0
  %v40 = sext i8 %v39 to i32
  %bytes.41 = add i32 %bytes.27, %v40
  ; line 211
  %i.43 = add i32 %i.28, 1
  br label %b7
b8:
  ; line 67
  %t7 = sext i32 %block.20 to i64
  %t8 = getelementptr inbounds i8, ptr %rows.0, i64 %t7
  %v44 = load half, ptr %t8, align 1, !llvm.access.group !0
  %v45 = fpext half %v44 to float
  ; line 214
  %v47 = sitofp i32 %bytes.27 to float
  %v48 = fmul reassoc nsz arcp contract float %v45, %v47
  %sum.49 = fadd reassoc nsz arcp contract float %sum.12, %v48
  ; line 208
  %b.51 = add i32 %b.13, 1
  br label %b4
b5:
  ; line 216
  %t9 = sext i32 %item to i64
  %t10 = getelementptr inbounds float, ptr %out.1, i64 %t9
  store float %sum.12, ptr %t10, align 4, !llvm.access.group !0
  br label %next
next:
  %item.next = add nuw nsw i32 %item, 1
  br label %items, !llvm.loop !3
exit:
  ret void
}

declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

!0 = distinct !{}
!1 = !{!"llvm.loop.mustprogress"}
!2 = !{!"llvm.loop.parallel_accesses", !0}
!3 = distinct !{!3, !1, !2}
