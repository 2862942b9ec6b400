; kernel ByteKernels.nibbles

define void @ByteKernels.nibbles(ptr noalias nocapture readonly %arrays, i64 %begin, i64 %end) nounwind {
  %w.0.slot = getelementptr inbounds ptr, ptr %arrays, i64 0
  %w.0 = load ptr, ptr %w.0.slot, align 8
  %x.1.slot = getelementptr inbounds ptr, ptr %arrays, i64 1
  %x.1 = load ptr, ptr %x.1.slot, align 8
  %out.2.slot = getelementptr inbounds ptr, ptr %arrays, i64 2
  %out.2 = load ptr, ptr %out.2.slot, align 8
  %t0 = trunc i64 %begin to i32
  %t1 = trunc i64 %end to i32
  call void @ByteKernels.nibbles.items(ptr %w.0, ptr %x.1, ptr %out.2, i32 %t0, i32 %t1)
  ret void
}

define internal void @ByteKernels.nibbles.items(
  ptr noalias nocapture readonly align 1 dereferenceable(160) %w.0,
  ptr noalias nocapture readonly align 1 dereferenceable(32) %x.1,
  ptr noalias nocapture writeonly align 4 dereferenceable(40) %out.2,
  i32 range(i32 0, 11) %begin,
  i32 range(i32 0, 11) %end) noinline nounwind nofree norecurse mustprogress "prefer-vector-width"="512" {
entry:
  %array.9 = alloca [4 x float], align 64
  br label %items
items:
  %item = phi i32 [ %begin, %entry ], [ %item.next, %next ]
  %item.more = icmp slt i32 %item, %end
  br i1 %item.more, label %item.begin, label %exit
item.begin:
  br label %b0
b0:
  ; line 78
  call void @llvm.memset.p0.i64(ptr align 64 %array.9, i8 0, i64 16, i1 false)
  br label %b4
b4:
  %lane.13 = phi i32 [ 0, %b0 ], [ %lane.137, %b6 ]
  ; line 79
  %v15 = icmp sge i32 %lane.13, 4
  br i1 %v15, label %b5, label %b6
b6:
  ; line 80
  %t2 = sext i32 %lane.13 to i64
  %t3 = getelementptr inbounds float, ptr %array.9, i64 %t2
  %v18 = load float, ptr %t3, align 4
  %v21 = mul nsw i32 %item, 16
  %v23 = mul nsw i32 4, %lane.13
  %i.24 = add nsw i32 %v21, %v23
  %j.26 = mul nsw i32 4, %lane.13
  ; line 81
  %v72 = mul nsw i32 %item, 16
  %v74 = mul nsw i32 4, %lane.13
  %i.75 = add nsw i32 %v72, %v74
  %v78 = mul nsw i32 4, %lane.13
  %j.79 = add nsw i32 16, %v78
  %t4 = sext i32 %i.24 to i64
  %t5 = getelementptr inbounds i8, ptr %w.0, i64 %t4
  %t6 = load i32, ptr %t5, align 1, !llvm.access.group !0
  %t7 = and i32 %t6, 252645135
  %t8 = sext i32 %j.26 to i64
  %t9 = getelementptr inbounds i8, ptr %x.1, i64 %t8
  %t10 = load i32, ptr %t9, align 1, !llvm.access.group !0
  %t11 = call i32 @sirocco.dot4.small(i32 %t7, i32 %t10, i32 0) "vector-function-abi-variant"="_ZGV_LLVM_N4vvv_sirocco.dot4.small(sirocco.dot4.small.x4),_ZGV_LLVM_N8vvv_sirocco.dot4.small(sirocco.dot4.small.x8),_ZGV_LLVM_N16vvv_sirocco.dot4.small(sirocco.dot4.small.x16)"
  %t12 = sext i32 %i.75 to i64
  %t13 = getelementptr inbounds i8, ptr %w.0, i64 %t12
  %t14 = load i32, ptr %t13, align 1, !llvm.access.group !0
  %t15 = lshr i32 %t14, 4
  %t16 = and i32 %t15, 252645135
  %t17 = sext i32 %j.79 to i64
  %t18 = getelementptr inbounds i8, ptr %x.1, i64 %t17
  %t19 = load i32, ptr %t18, align 1, !llvm.access.group !0
  %v132 = call i32 @sirocco.dot4.small(i32 %t16, i32 %t19, i32 %t11) "vector-function-abi-variant"="_ZGV_LLVM_N4vvv_sirocco.dot4.small(sirocco.dot4.small.x4),_ZGV_LLVM_N8vvv_sirocco.dot4.small(sirocco.dot4.small.x8),_ZGV_LLVM_N16vvv_sirocco.dot4.small(sirocco.dot4.small.x16)"
  %v133 = sitofp i32 %v132 to float
  %v134 = fmul reassoc nsz arcp contract float 0x3FE0000000000000, %v133
  %v135 = fadd reassoc nsz arcp contract float %v18, %v134
  %t20 = sext i32 %lane.13 to i64
  %t21 = getelementptr inbounds float, ptr %array.9, i64 %t20
  store float %v135, ptr %t21, align 4
  ; line 79
  %lane.137 = add i32 %lane.13, 1
  br label %b4
b5:
  ; line 83
  %t22 = getelementptr inbounds float, ptr %array.9, i64 0
  %v139 = load float, ptr %t22, align 4
  %t23 = getelementptr inbounds float, ptr %array.9, i64 1
  %v141 = load float, ptr %t23, align 4
  %v142 = fadd reassoc nsz arcp contract float %v139, %v141
  %t24 = getelementptr inbounds float, ptr %array.9, i64 2
  %v144 = load float, ptr %t24, align 4
  %v145 = fadd reassoc nsz arcp contract float %v142, %v144
  %t25 = getelementptr inbounds float, ptr %array.9, i64 3
  %v147 = load float, ptr %t25, align 4
  %v148 = fadd reassoc nsz arcp contract float %v145, %v147
  %t26 = sext i32 %item to i64
  %t27 = getelementptr inbounds float, ptr %out.2, i64 %t26
  store float %v148, ptr %t27, align 4, !llvm.access.group !0
  br label %next
next:
  %item.next = add nuw nsw i32 %item, 1
  br label %items, !llvm.loop !3
exit:
  ret void
}

define linkonce_odr hidden i32 @sirocco.dot4.small(i32 %left, i32 %right, i32 %sum)
    noinline nounwind willreturn memory(none) "sirocco-inline-late" {
  %a = bitcast i32 %left to <4 x i8>
  %b = bitcast i32 %right to <4 x i8>
  %wide.a = zext <4 x i8> %a to <4 x i32>
  %wide.b = sext <4 x i8> %b to <4 x i32>
  %products = mul <4 x i32> %wide.a, %wide.b
  %dot = call i32 @llvm.vector.reduce.add.v4i32(<4 x i32> %products)
  %result = add i32 %dot, %sum
  ret i32 %result
}

define internal <4 x i32> @sirocco.dot4.small.x4(<4 x i32> %left, <4 x i32> %right, <4 x i32> %sum) alwaysinline nounwind willreturn memory(none) {
  %result = call <4 x i32> @llvm.x86.avx512.vpdpbusd.128(<4 x i32> %sum, <4 x i32> %left, <4 x i32> %right)
  ret <4 x i32> %result
}

define internal <8 x i32> @sirocco.dot4.small.x8(<8 x i32> %left, <8 x i32> %right, <8 x i32> %sum) alwaysinline nounwind willreturn memory(none) {
  %result = call <8 x i32> @llvm.x86.avx512.vpdpbusd.256(<8 x i32> %sum, <8 x i32> %left, <8 x i32> %right)
  ret <8 x i32> %result
}

define internal <16 x i32> @sirocco.dot4.small.x16(<16 x i32> %left, <16 x i32> %right, <16 x i32> %sum) alwaysinline nounwind willreturn memory(none) {
  %result = call <16 x i32> @llvm.x86.avx512.vpdpbusd.512(<16 x i32> %sum, <16 x i32> %left, <16 x i32> %right)
  ret <16 x i32> %result
}

@llvm.compiler.used = appending global [3 x ptr] [ptr @sirocco.dot4.small.x4, ptr @sirocco.dot4.small.x8, ptr @sirocco.dot4.small.x16], section "llvm.metadata"

declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
declare i32 @llvm.vector.reduce.add.v4i32(<4 x i32>)
declare <4 x i32> @llvm.x86.avx512.vpdpbusd.128(<4 x i32>, <4 x i32>, <4 x i32>)
declare <8 x i32> @llvm.x86.avx512.vpdpbusd.256(<8 x i32>, <8 x i32>, <8 x i32>)
declare <16 x i32> @llvm.x86.avx512.vpdpbusd.512(<16 x i32>, <16 x i32>, <16 x i32>)

!0 = distinct !{}
!1 = !{!"llvm.loop.mustprogress"}
!2 = !{!"llvm.loop.parallel_accesses", !0}
!3 = distinct !{!3, !1, !2}
