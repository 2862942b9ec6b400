package dev.sirocco.model.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sirocco.model.RandomGguf;
import dev.sirocco.model.RandomGguf.Shape;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufException;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.source.ModelSource;
import dev.sirocco.tasks.attention.CacheFormat;
import dev.sirocco.tasks.graph.ModelWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class MappedWeightsTest {
    @TempDir
    Path folder;

    private RandomGguf model;

    @BeforeEach
    void makeModel() {
        model = new RandomGguf(Shape.BLOCKS, GgmlType.Q8_0, 1);
    }

    private void refuses(String problem) {
        try (ModelSource file = ModelSource.open(model.write(folder.resolve("m.gguf")))) {
            ModelConfig config = ModelConfig.read(file, Optional.empty());
            assertEquals(
                    folder.resolve("m.gguf") + ": " + problem,
                    assertThrows(GgufException.class, () -> MappedWeights.map(file, config, false, _ -> {}))
                            .getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = GgmlType.class,
            names = {"F32", "F16", "BF16", "Q8_0", "Q4_0", "Q5_1", "IQ4_NL"})
    void wrapsTheBytesOfTheFile(GgmlType type) {
        model = new RandomGguf(Shape.BLOCKS, type, 2);
        try (ModelSource file = ModelSource.open(model.write(folder.resolve("m.gguf")))) {
            List<Integer> progress = new ArrayList<>();
            ModelConfig config = ModelConfig.read(file, Optional.empty());
            ModelWeights weights = MappedWeights.map(file, config, false, progress::add);
            weights.requireShape(config.shape(16, 4, CacheFormat.F32));
            for (String name : List.of("blk.2.ffn_down.weight", "output.weight")) {
                GgufTensor tensor = file.tensor(name);
                var data = name.startsWith("blk")
                        ? weights.layers().get(2).networks().getFirst().down().data()
                        : weights.output().data();
                assertEquals(-1, data.getSegment().mismatch(file.view(tensor)));
            }
            assertEquals(IntStream.rangeClosed(1, 3 * 9 + 3).boxed().toList(), progress);
        }
    }

    @Test
    void usesTheEmbeddingForTiedOutput() {
        model.without("output.weight");
        try (ModelSource file = ModelSource.open(model.write(folder.resolve("m.gguf")))) {
            ModelWeights weights = MappedWeights.map(file, ModelConfig.read(file, Optional.empty()), false, _ -> {});
            assertSame(weights.embedding(), weights.output());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "blk.1.attn_q.weight, 64, 95, '[64, 96]'",
        "blk.1.attn_q.weight, 96, 96, '[64, 96]'",
        "blk.0.attn_k.weight, 64, 64, '[64, 32]'",
        "blk.2.attn_output.weight, 64, 96, '[96, 64]'",
        "blk.2.ffn_down.weight, 64, 160, '[160, 64]'",
        "output.weight, 64, 289, '[64, 290]'",
    })
    void refusesMatricesOfAnotherShapeThanTheConfigurationImplies(String name, long cols, long rows, String needed) {
        model.zeroes(name, GgmlType.Q8_0, cols, rows);
        refuses("tensor '" + name + "' has dimensions [" + cols + ", " + rows
                + "], but the model's configuration needs " + needed);
    }

    @Test
    void refusesAnEmbeddingOfAnotherWidth() {
        model.zeroes("token_embd.weight", GgmlType.Q8_0, 32, 290);
        refuses("tensor 'token_embd.weight' has dimensions [32, 290], but the model's configuration needs [64, 290]");
    }

    @Test
    void refusesNormsOfAnotherShapeOrType() {
        model.zeroes("blk.0.attn_norm.weight", GgmlType.F32, 63);
        refuses("tensor 'blk.0.attn_norm.weight' has dimensions [63], but the model's configuration needs [64]");
        model.zeroes("blk.0.attn_norm.weight", GgmlType.F16, 64);
        refuses("tensor 'blk.0.attn_norm.weight' has the type F16; the weights of a norm must be F32");
    }

    @Test
    void refusesFormatsThatThereAreNoKernelsForByName() {
        model.zeroes("blk.0.ffn_up.weight", GgmlType.MXFP4, 64, 160);
        refuses("tensor 'blk.0.ffn_up.weight' has the type MXFP4, which is not supported; [F32, F16, BF16, Q8_0, "
                + "Q4_0, Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS] are, so take its "
                + "file in one of them, or make that of the F16 file with 'sirocco quantize'");
    }

    @Test
    void refusesMissingTensors() {
        model.without("blk.2.ffn_gate.weight");
        refuses("lacks the tensor 'blk.2.ffn_gate.weight'");
    }

    @Test
    void refusesTensorsWhoseEffectWouldBeMissing() {
        model.zeroes("blk.0.attn_rot_embd.weight", GgmlType.F32, 16);
        model.zeroes("blk.0.attn_q.bias", GgmlType.F32, 96);
        refuses("tensor 'blk.0.attn_q.bias' is none that the forward pass uses, so its effect would be missing; use a "
                + "model of the Mistral family");
    }

    @Test
    void refusesMoreLayersThanTheConfigurationCounts() {
        model.zeroes("blk.3.attn_norm.weight", GgmlType.F32, 64);
        refuses(
                "tensor 'blk.3.attn_norm.weight' is none that the forward pass uses, so its effect would be missing; use "
                        + "a model of the Mistral family");
    }
}
