package dev.sirocco.tasks.graph;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sirocco.runtime.Devices;
import dev.sirocco.runtime.codegen.WarpTiles;
import dev.sirocco.runtime.hosted.PtxAssembler;
import dev.sirocco.runtime.hosted.PtxRecorder;
import dev.sirocco.runtime.llvm.DeviceCompiler;
import dev.sirocco.runtime.llvm.HostCompiler;
import dev.sirocco.runtime.llvm.LlvmLibrary;
import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.rope.RotaryPairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * NVIDIA's own assembler on every kernel, in both shapes, for four generations of cards: it accepts them all, and what
 * they take is as recorded, what is made for Volta as {@link PtxAssembler} reads it. Kernels for tensor cores are
 * assembled for the generations that have them. After a change that is meant, {@code -Dsirocco.golden=write} writes the
 * table anew.
 */
class PtxResourcesTest {
    private static final Path TABLE = Path.of("src/test/resources/dev/sirocco/tasks/graph/ptx-resources.txt");
    private static final List<NvidiaArchitecture> CARDS = List.of(
            NvidiaArchitecture.VOLTA, NvidiaArchitecture.TURING, NvidiaArchitecture.AMPERE, NvidiaArchitecture.HOPPER);

    private static final List<NvidiaArchitecture> TENSOR_CARDS = List.of(
            NvidiaArchitecture.AMPERE,
            NvidiaArchitecture.AMPERE_CONSUMER,
            NvidiaArchitecture.ADA,
            NvidiaArchitecture.HOPPER);

    /** Versions of the assembler differ by a few in how they share out registers. */
    private static final int REGISTERS_BETWEEN_VERSIONS = 8;

    private static final TransformerShape SHAPE =
            new TransformerShape(256, 1, 4, 2, 64, 512, 1000, 0, 1e6, RotaryPairs.ADJACENT, 1e-5f, 512, 64);

    /** With rows as long as those of 7B, so that their loops are unrolled as there. */
    private static final TransformerShape LONG_ROWS =
            new TransformerShape(4096, 1, 4, 2, 64, 512, 100, 0, 1e6, RotaryPairs.ADJACENT, 1e-5f, 512, 64);

    private static final Pattern USED = Pattern.compile("Used (\\d+) registers");
    private static final Pattern STACK =
            Pattern.compile("(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads");
    private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");

    /** Of one kernel for one card; bytes but for the registers. */
    private record Resources(int registers, int stack, int spills, int shared) {
        static Resources parse(String words) {
            String[] parts = words.trim().split("\\s+");
            return new Resources(
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    Integer.parseInt(parts[2]),
                    Integer.parseInt(parts[3]));
        }

        @Override
        public String toString() {
            return "%4d %6d %6d %6d".formatted(registers, stack, spills, shared);
        }

        boolean isLike(Resources recorded) {
            return Math.abs(registers - recorded.registers) <= REGISTERS_BETWEEN_VERSIONS
                    && stack <= recorded.stack
                    && spills <= recorded.spills
                    && shared == recorded.shared;
        }
    }

    @Test
    void allKernelsAreAssembledWithTheResourcesThatAreRecorded() throws IOException {
        PtxAssembler assembler = PtxAssembler.find().orElse(null);
        assumeTrue(assembler != null, PtxAssembler.REMEDY);
        HostCompiler host = ((LlvmLibrary.Present) LlvmLibrary.get()).host();
        Map<String, Resources> found = new TreeMap<>();
        for (Map.Entry<String, String> kernel : kernels().entrySet()) {
            String symbol = kernel.getKey().replaceFirst("/.*", "");
            boolean tensors = kernel.getValue().contains(WarpTiles.MARK);
            for (NvidiaArchitecture card : tensors ? TENSOR_CARDS : CARDS) {
                byte[] ptx = DeviceCompiler.ptx(host, card).compile(kernel.getValue(), symbol, null);
                found.put(kernel.getKey() + " " + card.sm(), resources(assembler.assemble(ptx, card)));
            }
        }
        StringBuilder table = new StringBuilder("# kernel card registers stack spills shared\n");
        found.forEach((name, resources) -> table.append("%-52s %s\n".formatted(name, resources)));
        if (System.getProperty("sirocco.golden", "").equals("write")) {
            Files.createDirectories(TABLE.getParent());
            Files.writeString(TABLE, table);
        }
        Map<String, Resources> recorded = new TreeMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            if (!line.startsWith("#")) {
                String[] parts = line.trim().split("\\s+", 3);
                recorded.put(parts[0] + " " + parts[1], Resources.parse(parts[2]));
            }
        }
        List<String> different = new ArrayList<>();
        found.forEach((name, resources) -> {
            if (!recorded.containsKey(name) || !resources.isLike(recorded.get(name))) {
                different.add(name + " takes " + resources + ", recorded are " + recorded.get(name));
            }
        });
        recorded.keySet().stream()
                .filter(name -> !found.containsKey(name))
                .forEach(name -> different.add(name + " is recorded and no longer there"));
        assertTrue(
                different.isEmpty(),
                () -> String.join("\n", different)
                        + "\nIf that is meant, run the test with -Dsirocco.golden=write. The new" + " table is:\n"
                        + table);
    }

    /** {@return LLVM IR by kernel: a prompt and a token in every format and both shapes, and products in strips} */
    private static Map<String, String> kernels() {
        PtxRecorder.take();
        for (KernelSettings settings : List.of(KernelSettings.ROW, KernelSettings.WORKGROUP)) {
            for (WeightFormat format : WeightFormat.values()) {
                record(SHAPE, format, settings);
            }
        }
        record(SHAPE, WeightFormat.F16, KernelSettings.WORKGROUP.withTensorCores());
        Map<String, String> kernels = new TreeMap<>(PtxRecorder.take());
        for (WeightFormat format : List.of(WeightFormat.Q8_0, WeightFormat.Q4_0, WeightFormat.Q4_1)) {
            record(LONG_ROWS, format, KernelSettings.WORKGROUP.withStrips());
            PtxRecorder.take().forEach((kernel, code) -> {
                if (kernel.startsWith("BlockVector")) {
                    kernels.put(kernel + "/strips/" + format, code);
                }
            });
        }
        return kernels;
    }

    private static void record(TransformerShape shape, WeightFormat format, KernelSettings settings) {
        RandomModel model = RandomModel.of(shape, format, 3);
        TornadoDevice recorder = Devices.installed().find("recorder");
        try (DecoderPlan plan = new DecoderPlan(shape, model.weights(), recorder, settings, false)) {
            int[] tokens = model.tokens(5, 1);
            plan.forward(tokens, 0, 4, 0);
            plan.logits(3);
            plan.decode(tokens[4], 4);
            plan.logits(0);
        }
    }

    private static Resources resources(String said) {
        Matcher stack = STACK.matcher(said);
        boolean spills = stack.find();
        return new Resources(
                number(USED, said),
                spills ? Integer.parseInt(stack.group(1)) : 0,
                spills ? Integer.parseInt(stack.group(2)) + Integer.parseInt(stack.group(3)) : 0,
                number(SHARED, said));
    }

    private static int number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
