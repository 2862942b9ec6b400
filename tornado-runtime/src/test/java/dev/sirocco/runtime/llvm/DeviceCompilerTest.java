package dev.sirocco.runtime.llvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
