package dev.sirocco.runtime.llvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the generators of LLVM keep from one kernel to the next must not be seen. */
class DeviceCompilerTest {
    private static final int SPIRV_MAGIC = 0x07230203;

    @Test
    void makesSpirvOfManyKernelsInOneProcess() {
        DeviceCompiler compiler = DeviceCompiler.spirv(((LlvmLibrary.Present) LlvmLibrary.get()).host());
        for (int i = 0; i < 300; i++) {
            byte[] module = compiler.compile(kernel(2 + i * 7 % 61), "k", null);
            int magic = ByteBuffer.wrap(module).order(ByteOrder.LITTLE_ENDIAN).getInt();
            assertEquals(SPIRV_MAGIC, magic, "kernel " + i);
        }
    }

    /** Modules come to lie where others were, whose groups had other sizes. */
    @Test
    void makesPtxForTheSizeOfGroupsThatTheKernelHas() {
        HostCompiler host = ((LlvmLibrary.Present) LlvmLibrary.get()).host();
        DeviceCompiler compiler = DeviceCompiler.ptx(host, NvidiaArchitecture.AMPERE);
        for (int i = 0; i < 200; i++) {
            int size = i % 2 == 0 ? 32 : 96;
            String ptx = new String(compiler.compile(guarded(size), "k", null), StandardCharsets.UTF_8);
            assertTrue(ptx.contains(".reqntid " + size), ptx);
            assertEquals(size == 96, ptx.contains("setp"), "kernel " + i + ": " + ptx);
        }
    }

    /** A kernel that stores from the first 64 work-items of a group. */
    private static String guarded(int size) {
        return """
                define ptx_kernel void @k(ptr addrspace(1) %a) {
                  %i = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
                  %c = icmp ult i32 %i, 64
                  br i1 %c, label %in, label %out
                in:
                  store volatile i32 %i, ptr addrspace(1) %a
                  br label %out
                out:
                  ret void
                }
                declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
                !nvvm.annotations = !{!0}
                !0 = !{ptr @k, !"reqntidx", i32 SIZE, !"reqntidy", i32 1, !"reqntidz", i32 1}
                """.replace("SIZE", Integer.toString(size));
    }

    /** A kernel of some blocks, which stores from each but the last. */
    private static String kernel(int blocks) {
        StringBuilder ir = new StringBuilder("define spir_kernel void @k(ptr addrspace(1) %a, i32 %n) {\n");
        for (int b = 0; b < blocks; b++) {
            String next = "%b" + (b + 1);
            ir.append("b%d:\n  %%c%d = icmp sgt i32 %%n, %d\n".formatted(b, b, b * 3));
            ir.append("  store volatile i32 %d, ptr addrspace(1) %%a\n".formatted(b));
            ir.append("  br i1 %%c%d, label %s, label %%b%d\n".formatted(b, next, blocks));
        }
        return ir.append("b%d:\n  ret void\n}\n".formatted(blocks)).toString();
    }
}
