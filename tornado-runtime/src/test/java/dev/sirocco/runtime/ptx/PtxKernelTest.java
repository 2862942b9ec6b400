package dev.sirocco.runtime.ptx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the virtual card notices what a card would do otherwise, each in a few lines of PTX written for it. */
class PtxKernelTest {
    private static final int THREADS = 64;

    /** Thread i has the byte offset of element i of a group's array in %r2, and the address of element i in %rd2. */
    private static final String START = """
            .version 7.0
            .target sm_80
            .address_size 64
            .visible .entry kernel(
                .param .u64 .ptr .global .align 16 kernel_param_0
            )
            .reqntid 64, 1, 1
            {
                .reg .pred %p<9>;
                .reg .b32 %r<9>;
                .reg .b64 %rd<9>;
                .shared .align 16 .b8 kernel_first[256];
                .shared .align 16 .b8 kernel_second[256];
                mov.u32 %r1, %tid.x;
                ld.param.u64 %rd1, [kernel_param_0];
                mul.wide.u32 %rd4, %r1, 4;
                add.s64 %rd2, %rd1, %rd4;
                mov.u64 %rd5, kernel_first;
                add.s64 %rd3, %rd5, %rd4;
                st.shared.u32 [%rd3], %r1;
            """;

    /** {@return what the kernel leaves in an array of as many ints as a group has threads, which are zero before} */
    private static int[] run(String body) {
        PtxKernel kernel =
                PtxKernel.of((START + body.replace(";", ";\n") + "ret;\n}\n").getBytes(StandardCharsets.UTF_8));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment array = arena.allocate((long) THREADS * Integer.BYTES, 256);
            kernel.run(List.of(1L, 1L, 1L), List.of((long) THREADS, 1L, 1L), List.of(array));
            return array.toArray(ValueLayout.JAVA_INT);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // an element past the end, and one before the beginning
                "st.global.u32 [%rd2+4], %r1 | 4 bytes at .* are outside of the arrays",
                "ld.global.u32 %r3, [%rd2+-4] | 4 bytes at .* are outside of the arrays",
                "ld.shared.u32 %r3, [%rd3+256] | 4 bytes at .* are outside of the group's arrays",
                "bar.sync 0; ld.shared.v4.u32 {%r3, %r4, %r5, %r6}, [%rd3] | an access of 16 bytes at .*, which is not a multiple",
                "ld.global.v2.u32 {%r3, %r4}, [%rd2] | an access of 8 bytes at .*, which is not a multiple",
                "ld.shared.u32 %r3, [kernel_second] | reads memory of the group at .* that nobody has written",
                // the neighbour's element, with nothing between its store and this load
                "ld.shared.u32 %r3, [kernel_first+4] | reads what thread 1 writes, with no barrier between",
                "st.global.u32 [%rd1], %r1 | writes what thread 0 writes, with no barrier between",
                "bar.warp.sync -1; ld.shared.u32 %r3, [kernel_first+4] | reads what thread 1 writes, with no barrier between",
                "bar.sync 0; ld.shared.u32 %r3, [kernel_first]; st.shared.u32 [kernel_first], %r3"
                        + " | writes what other threads read, with no barrier between",
                "ld.global.nc.u32 %r3, [%rd2]; st.global.u32 [%rd2], %r3 | array 0 is read by ld.global.nc, and written",
                "setp.lt.u32 %p1, %r1, 40; @%p1 bra $L; bar.sync 0; $L:"
                        + " | threads of a group wait at a barrier that others never reach",
                "setp.lt.u32 %p1, %r1, 8; @%p1 bra $L; shfl.sync.down.b32 %r3, %r1, 1, 31, -1; $L:"
                        + " | lanes of the warp of thread 0 wait for others that never come",
                "setp.lt.u32 %p1, %r1, 16; @%p1 bra $L; ret; $L: shfl.sync.down.b32 %r3, %r1, 1, 31, 65535"
                        + " | lane 15 asks lane 16, which takes no part",
                "div.u32 %r3, %r1, %r1 | divides by zero",
                "tanh.approx.f32 %r3, %r1 | the virtual card does not know tanh.approx.f32",
                "mov.u32 %r3, %clock | neither a number nor a variable: %clock",
                "bar.sync 1 | the virtual card does not know bar.sync 1",
            })
    void refusesWhatACardWouldDoOtherwise(String body, String message) {
        PtxFault fault = assertThrows(PtxFault.class, () -> run(body + ";"));
        assertTrue(fault.getMessage().matches("(?s)" + message + ".*"), fault.getMessage());
    }

    @Test
    void namesTheInstructionAndTheThreads() {
        PtxFault fault = assertThrows(PtxFault.class, () -> run("ld.global.u32 %r3, [%rd2+128];"));
        assertTrue(
                fault.getMessage().endsWith(": ld.global.u32 %r3, [%rd2+128], a thread of 32 to 63"),
                fault.getMessage());
    }

    /** Each order is one that a barrier makes: of the group, or of the warp for its own threads. */
    @Test
    void barriersOrderAccesses() {
        int[] neighbours = run("""
                bar.warp.sync -1;
                xor.b32 %r4, %r1, 1;
                mul.wide.u32 %rd6, %r4, 4;
                add.s64 %rd6, %rd5, %rd6;
                ld.shared.u32 %r5, [%rd6];
                bar.sync 0;
                st.shared.u32 [%rd3], %r5;
                bar.sync 0;
                sub.s32 %r4, 63, %r1;
                mul.wide.u32 %rd6, %r4, 4;
                add.s64 %rd6, %rd5, %rd6;
                ld.shared.u32 %r5, [%rd6];
                st.global.u32 [%rd2], %r5;
                """);
        for (int thread = 0; thread < THREADS; thread++) {
            assertEquals(63 - thread ^ 1, neighbours[thread]);
        }
    }

    /** Lanes go round a loop as often as their number says, and meet behind it. */
    @Test
    void lanesThatPartMeetAgain() {
        int[] counts = run("""
                mov.u32 %r3, 0;
                and.b32 %r4, %r1, 7;
                $again:
                add.s32 %r3, %r3, 1;
                setp.le.u32 %p1, %r3, %r4;
                @%p1 bra $again;
                shfl.sync.down.b32 %r5, %r3, 1, 31, -1;
                st.global.u32 [%rd2], %r5;
                """);
        int[] expected = new int[THREADS];
        for (int thread = 0; thread < THREADS; thread++) {
            expected[thread] = (thread % 32 == 31 ? thread : thread + 1) % 8 + 1;
        }
        assertArrayEquals(expected, counts);
    }

    /** Operations whose meaning is the manual's own, at the values where it matters. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shl.b32 %r3, 1, 32 | 0",
                "shr.s32 %r3, -8, 40 | -1",
                "shr.u32 %r3, -8, 28 | 15",
                "bfe.u32 %r3, 2748, 4, 4 | 11",
                "bfe.s32 %r3, 2748, 4, 4 | -5",
                "bfe.s32 %r3, -2147483648, 28, 8 | -8",
                "prmt.b32 %r3, 67305985, 134678021, 0x7531U | 134611970",
                "prmt.b32 %r3, 33023, 0, 0xA980U | 16777215",
                "dp4a.u32.s32 %r3, -1, -1, 5 | -1015",
                "dp4a.s32.s32 %r3, -1, -1, 5 | 9",
                "mul.hi.s32 %r3, -2147483648, 6 | -3",
                "mul.hi.u32 %r3, -2147483648, 6 | 3",
                "cvt.rzi.s32.f32 %r3, 0f7F800000 | 2147483647",
                "cvt.rzi.s32.f32 %r3, 0f7FC00000 | 0",
                "max.f32 %r3, 0f7FC00000, 0f3F800000 | 1065353216",
                "copysign.f32 %r3, 0f80000000, 0f3F800000 | -1082130432",
                "fma.rn.f32 %r3, 0f3F800001, 0f3F800001, 0fBF800002 | 679477248",
            })
    void computesAsTheManualSays(String instruction, int expected) {
        assertEquals(expected, run(instruction + "; st.global.u32 [%rd2], %r3;")[5]);
    }
}
