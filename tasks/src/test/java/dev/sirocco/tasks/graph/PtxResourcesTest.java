package dev.sirocco.tasks.graph;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sirocco.runtime.Devices;
import dev.sirocco.runtime.codegen.PtxTarget;
import dev.sirocco.runtime.codegen.WarpTiles;
import dev.sirocco.runtime.hosted.KernelRecorder;
import dev.sirocco.runtime.hosted.PtxAssembler;
import dev.sirocco.runtime.llvm.DeviceCompiler;
import dev.sirocco.runtime.llvm.HostCompiler;
import dev.sirocco.runtime.llvm.LlvmLibrary;
import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.rope.RotaryPairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * NVIDIA's own assembler on every kernel, in every format of weights and caches and in both shapes, for three
 * generations of cards: it accepts them all, and what they take is as recorded. A line of the table is a method in a
 * format; it counts the kernels, which differ in sizes, and has the most that any of them takes. Kernels for tensor
 * cores are assembled for the generations that have them. After a change that is meant, {@code -Dsirocco.golden=write}
 * writes the table anew.
 */
class PtxResourcesTest {
    private static final Path TABLE = Path.of("src/test/resources/dev/sirocco/tasks/graph/ptx-resources.txt");

    /** What is made for Volta is assembled for Turing, which stands for it here. */
    private static final List<NvidiaArchitecture> CARDS =
            List.of(NvidiaArchitecture.VOLTA, NvidiaArchitecture.AMPERE, NvidiaArchitecture.HOPPER);

    private static final List<NvidiaArchitecture> TENSOR_CARDS = List.of(
            NvidiaArchitecture.AMPERE,
            NvidiaArchitecture.AMPERE_CONSUMER,
            NvidiaArchitecture.ADA,
            NvidiaArchitecture.HOPPER);

    /** Versions of the assembler differ by a few in how they share out registers. */
    private static final int REGISTERS_BETWEEN_VERSIONS = 8;

    private static final TransformerShape SHAPE =
            new TransformerShape(256, 1, 4, 2, 64, 512, 1000, 0, 1e6, RotaryPairs.ADJACENT, 1e-5f, 512, 64);

    /** With matrices of few sizes, so that products in many formats are not compiled for each. */
    private static final TransformerShape EVEN =
            new TransformerShape(256, 1, 4, 2, 64, 256, 256, 0, 1e6, RotaryPairs.ADJACENT, 1e-5f, 512, 64);

    /** With rows as long as those of 7B, so that their loops are unrolled as there. */
    private static final TransformerShape LONG_ROWS =
            new TransformerShape(4096, 1, 4, 2, 64, 512, 100, 0, 1e6, RotaryPairs.ADJACENT, 1e-5f, 512, 64);

    private static final String TENSOR_KERNEL = "TensorTiles_tensorTiles";
    private static final String TENSORS = "/tensors";

    private static final Pattern USED = Pattern.compile("Used (\\d+) registers");
    private static final Pattern STACK =
            Pattern.compile("(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads");
    private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");

    /** The most that any of some kernels takes of each, for one card; bytes but for the registers. */
    private record Resources(int kernels, int registers, int stack, int spills, int shared) {
        static Resources parse(String words) {
            int[] numbers = Arrays.stream(words.trim().split("\\s+"))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            return new Resources(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
        }

        static Resources most(Resources left, Resources right) {
            return new Resources(
                    left.kernels + right.kernels,
                    Math.max(left.registers, right.registers),
                    Math.max(left.stack, right.stack),
                    Math.max(left.spills, right.spills),
                    Math.max(left.shared, right.shared));
        }

        @Override
        public String toString() {
            return "%3d %4d %6d %6d %6d".formatted(kernels, registers, stack, spills, shared);
        }

        boolean isLike(Resources recorded) {
            return kernels == recorded.kernels
                    && Math.abs(registers - recorded.registers) <= REGISTERS_BETWEEN_VERSIONS
                    && stack <= recorded.stack
                    && spills <= recorded.spills
                    && shared == recorded.shared;
        }
    }

    @Test
    void allKernelsAreAssembledWithTheResourcesThatAreRecorded() throws IOException {
        PtxAssembler assembler = PtxAssembler.find().orElse(null);
        assumeTrue(assembler != null, PtxAssembler.REMEDY);
        Map<String, Resources> found = assembled(assembler);
        StringBuilder table = new StringBuilder("# kernel/format card kernels registers stack spills shared\n");
        found.forEach((name, resources) -> table.append("%-46s %s\n".formatted(name, resources)));
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
                        + "\nThe numbers are those of a line after the card's name. If that is meant, run the test with"
                        + " -Dsirocco.golden=write.");
    }

    /** {@return what kernels take, by their name and a card} */
    private static Map<String, Resources> assembled(PtxAssembler assembler) {
        HostCompiler host = ((LlvmLibrary.Present) LlvmLibrary.get()).host();
        Map<NvidiaArchitecture, DeviceCompiler> compilers = Arrays.stream(NvidiaArchitecture.values())
                .collect(Collectors.toMap(card -> card, card -> DeviceCompiler.ptx(host, card)));
        return kernels().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(code -> Map.entry(entry.getKey(), code)))
                .flatMap(kernel -> cards(kernel.getValue()).stream().map(card -> Map.entry(kernel, card)))
                .toList()
                .parallelStream()
                .collect(Collectors.toMap(
                        job -> job.getKey().getKey() + " " + job.getValue().sm(),
                        job -> {
                            NvidiaArchitecture card = job.getValue();
                            String symbol = job.getKey().getKey().replaceFirst("/.*", "");
                            byte[] ptx =
                                    compilers.get(card).compile(job.getKey().getValue(), symbol, null);
                            return resources(assembler.assemble(ptx, card));
                        },
                        Resources::most,
                        TreeMap::new));
    }

    private static List<NvidiaArchitecture> cards(String code) {
        return code.contains(WarpTiles.MARK) ? TENSOR_CARDS : CARDS;
    }

    /**
     * {@return LLVM IR by kernel: of a prompt and a token in every format and both shapes, in strips and on tensor
     * cores, and with every format of the cache} What several formats have in common is under the first of them. Of
     * products on tensor cores, which take longest to compile, there is one in each format but fp16.
     */
    private static Map<String, Set<String>> kernels() {
        Map<String, Set<String>> kernels = new TreeMap<>();
        Set<String> known = new HashSet<>();
        for (WeightFormat format : WeightFormat.values()) {
            for (KernelSettings settings : List.of(KernelSettings.ROW, KernelSettings.WORKGROUP)) {
                record(format.quantizesActivations() ? EVEN : SHAPE, format, settings, "/" + format, kernels, known);
            }
        }
        for (CacheFormat cache : List.of(CacheFormat.F16, CacheFormat.Q8_0)) {
            for (KernelSettings settings : List.of(KernelSettings.ROW, KernelSettings.WORKGROUP)) {
                record(SHAPE.withCache(cache), WeightFormat.F16, settings, "/F16/" + cache + "-cache", kernels, known);
            }
        }
        record(SHAPE, WeightFormat.F16, KernelSettings.WORKGROUP.withTensorCores(), "/F16", kernels, known);
        for (WeightFormat format : WeightFormat.values()) {
            if (format != WeightFormat.F16) {
                record(EVEN, format, KernelSettings.WORKGROUP.withTensorCores(), TENSORS, kernels, known);
                List<String> codes = List.copyOf(kernels.getOrDefault(TENSOR_KERNEL + TENSORS, Set.of()));
                kernels.keySet().removeIf(name -> name.endsWith(TENSORS));
                codes.stream().limit(1).forEach(code -> kernels.put(TENSOR_KERNEL + "/" + format, Set.of(code)));
            }
        }
        for (WeightFormat format :
                List.of(WeightFormat.Q8_0, WeightFormat.Q4_0, WeightFormat.Q4_1, WeightFormat.IQ4_NL)) {
            record(LONG_ROWS, format, KernelSettings.WORKGROUP.withStrips(), "/" + format + "/strips", kernels, known);
            kernels.keySet().removeIf(name -> name.endsWith("/strips") && !name.startsWith("BlockVector"));
        }
        return kernels;
    }

    private static void record(
            TransformerShape shape,
            WeightFormat format,
            KernelSettings settings,
            String suffix,
            Map<String, Set<String>> kernels,
            Set<String> known) {
        RandomModel model = RandomModel.of(shape, format, 3);
        TornadoDevice recorder = Devices.installed().find("recorder");
        KernelRecorder.clear();
        try (DecoderPlan plan = new DecoderPlan(shape, model.weights(), recorder, settings, false)) {
            int[] tokens = model.tokens(5, 1);
            plan.forward(tokens, 0, 4, 0);
            plan.logits(3);
            plan.decode(tokens[4], 4);
            plan.logits(0);
        }
        KernelRecorder.take(new PtxTarget())
                .forEach((symbol, codes) -> codes.stream()
                        .filter(known::add)
                        .forEach(code -> kernels.computeIfAbsent(symbol + suffix, _ -> new LinkedHashSet<>())
                                .add(code)));
    }

    private static Resources resources(String said) {
        Matcher stack = STACK.matcher(said);
        boolean spills = stack.find();
        return new Resources(
                1,
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
