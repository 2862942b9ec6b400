package dev.sirocco.tasks.graph;

import dev.sirocco.runtime.Devices;
import dev.sirocco.runtime.codegen.GroupTarget;
import dev.sirocco.runtime.codegen.PtxTarget;
import dev.sirocco.runtime.codegen.SpirvTarget;
import dev.sirocco.runtime.hosted.GoldenFiles;
import dev.sirocco.runtime.hosted.KernelRecorder;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.rope.RotaryPairs;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kernels that a token spends its time in, and the products on tensor cores, as plans have them compiled: PTX for
 * Ampere and the LLVM IR that becomes SPIR-V, without the numbers of lines. Of a method's kernels the last one, which a
 * product of logits is.
 */
class KernelGoldenTest {
    private static final GoldenFiles FILES =
            new GoldenFiles(Path.of("src/test/resources/dev/sirocco/tasks/graph/kernels"));

    /** A row has strips for each of a group's work-items, and some are left over. */
    private static final TransformerShape SHAPE =
            new TransformerShape(1024, 1, 2, 1, 64, 1024, 1000, 0, 1e6, RotaryPairs.ADJACENT, 1e-5f, 512, 64);

    /** As on Hopper, whose groups have two rows. */
    private static final KernelSettings SETTINGS =
            new KernelSettings(KernelShape.WORKGROUP, 128, 64, 2, true, 64, 32, 64, "");

    @ParameterizedTest
    @ValueSource(strings = {"BlockVector_blockVector", "GroupNorm_groupNorm", "SplitAttention_attendSplits"})
    void ofAToken(String kernel) throws IOException {
        FILES.compareForAmpere(kernel, last(kernel, WeightFormat.Q8_0, SETTINGS, new PtxTarget()));
        String spirv = last(kernel, WeightFormat.Q8_0, SETTINGS, new SpirvTarget());
        FILES.compare(kernel + ".spirv.ll", spirv.replaceAll("(?m)^  ; line .*\n", ""));
    }

    /** SPIR-V has no form of it. */
    @ParameterizedTest
    @EnumSource(names = {"F16", "Q8_0", "Q4_0"})
    void ofAPromptOnTensorCores(WeightFormat format) throws IOException {
        String kernel = "TensorTiles_tensorTiles";
        String ptx = last(kernel, format, SETTINGS.withTensorCores(), new PtxTarget());
        FILES.compareForAmpere(kernel + "_" + format, kernel, ptx);
    }

    private static String last(String kernel, WeightFormat format, KernelSettings settings, GroupTarget target) {
        RandomModel model = RandomModel.of(SHAPE, format, 3);
        KernelRecorder.clear();
        try (DecoderPlan plan =
                new DecoderPlan(SHAPE, model.weights(), Devices.installed().find("recorder"), settings, false)) {
            int[] tokens = model.tokens(4, 1);
            if (settings.tensorCores()) {
                plan.forward(tokens, 0, 4, 0);
            } else {
                plan.decode(tokens[0], 0);
                plan.logits(0);
            }
        }
        return KernelRecorder.take(target).get(kernel).getLast();
    }
}
