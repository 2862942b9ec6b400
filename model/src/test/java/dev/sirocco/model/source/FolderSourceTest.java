package dev.sirocco.model.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.PublishedFolder;
import dev.sirocco.model.RandomGguf;
import dev.sirocco.model.RandomGguf.Shape;
import dev.sirocco.model.SafetensorsBytes;
import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufMetadata;
import dev.sirocco.tasks.rope.RotaryPairs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FolderSourceTest {
    private static final Shape TINY = new Shape(8, 1, 2, 1, 4, 6, 260, 3, 1e6f, 12);
    private static final String INDEX = "model.safetensors.index.json";

    @TempDir
    private Path root;

    private Path huggingFace;
    private Path mistral;

    @BeforeEach
    void publish() {
        Path gguf = new RandomGguf(TINY, GgmlType.F32, 1).write(root.resolve("m.gguf"));
        huggingFace = PublishedFolder.likeHuggingFace(gguf, root.resolve("hf"));
        mistral = PublishedFolder.likeMistral(gguf, root.resolve("mistral"));
    }

    @Test
    void eachLayoutSaysHowItsHeadsAreRotated() {
        try (ModelSource one = ModelSource.open(huggingFace);
                ModelSource other = ModelSource.open(mistral)) {
            assertEquals(RotaryPairs.HALVES, one.rotaryPairs());
            assertEquals(RotaryPairs.ADJACENT, other.rotaryPairs());
            assertEquals("safetensors, config.json, 2 files", one.format());
            assertEquals("safetensors, params.json, 1 file", other.format());
        }
    }

    @Test
    void withoutRopeThetaTheWindowTellsWhichBaseWasMeant() throws IOException {
        edit(mistral.resolve("params.json"), "\"rope_theta\":1000000.0,", "");
        assertEquals(1e4f, metadata(mistral).getFloat("llama.rope.freq_base"));
        edit(mistral.resolve("params.json"), "\"sliding_window\":3,", "");
        assertEquals(1e6f, metadata(mistral).getFloat("llama.rope.freq_base"));
    }

    @Test
    void aListOfWindowsKeepsItsLayers() throws IOException {
        edit(mistral.resolve("params.json"), "\"sliding_window\":3", "\"sliding_window\":[null,7,7]");
        assertArrayEquals(new int[] {0, 7, 7}, metadata(mistral).getInts("llama.attention.sliding_window"));
        edit(
                huggingFace.resolve("config.json"),
                "\"sliding_window\":3",
                "\"sliding_window\":3,\"layer_types\":[\"full_attention\",\"sliding_attention\"]");
        assertArrayEquals(new int[] {0, 3}, metadata(huggingFace).getInts("llama.attention.sliding_window"));
    }

    @Test
    void scaledRopeAndExpertsBecomeKeys() throws IOException {
        edit(mistral.resolve("params.json"), "\"dim\"", """
                "yarn":{"original_max_position_embeddings":16384,"factor":16,"beta":32,"alpha":1},
                "llama_4_scaling":{"beta":0.1,"original_max_position_embeddings":16384},
                "moe":{"num_experts":8,"num_experts_per_tok":2},"dim\"""");
        GgufMetadata keys = metadata(mistral);
        assertEquals("mistral3", keys.getString("general.architecture"));
        assertEquals("yarn", keys.getString("mistral3.rope.scaling.type"));
        assertEquals(16384, keys.getInt("mistral3.rope.scaling.original_context_length"));
        assertEquals(0.1f, keys.getFloat("mistral3.attention.temperature_scale"));
        assertEquals(8, keys.getInt("mistral3.expert_count"));
        assertEquals(2, keys.getInt("mistral3.expert_used_count"));
    }

    @Test
    void theLanguageModelOfAModelThatSeesIsTaken() {
        for (String name : new String[] {
            "language_model.model.layers.3.mlp.up_proj.weight",
            "model.language_model.layers.3.mlp.up_proj.weight",
            "model.layers.3.mlp.up_proj.weight"
        }) {
            assertEquals(
                    "blk.3.ffn_up.weight",
                    CheckpointLayout.HUGGING_FACE.canonicalName(name).orElseThrow());
        }
        assertTrue(CheckpointLayout.isBeside("vision_tower.patch_conv.weight"));
        assertEquals(
                "blk.1.ffn_down.7.weight",
                CheckpointLayout.HUGGING_FACE
                        .canonicalName("model.layers.1.block_sparse_moe.experts.7.w2.weight")
                        .orElseThrow());
        assertTrue(CheckpointLayout.MISTRAL
                .canonicalName("layers.01.attention.wq.weight")
                .isEmpty());
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        Files.delete(huggingFace.resolve("model-00002-of-00002.safetensors"));
        String missing = "lacks 1 of its 2 files of weights: 'model-00002-of-00002.safetensors'";
        refused(huggingFace, huggingFace, missing);
        Files.delete(huggingFace.resolve(INDEX));
        refused(huggingFace, huggingFace, missing);
        Files.delete(mistral.resolve("params.json"));
        refused(
                mistral,
                mistral,
                "has safetensors files, but neither config.json with model*.safetensors nor params.json");
        refused(root.resolve("empty"), root.resolve("empty"), "does not exist");
        refused(
                Files.createDirectory(root.resolve("empty")),
                root.resolve("empty"),
                "is a directory without model files");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../hf/model-00001-of-00002.safetensors",
                "/etc/passwd",
                "..",
                "",
                "sub/model.safetensors",
                "C:model.safetensors"
            })
    void anIndexCannotLeadOutOfTheFolder(String name) throws IOException {
        edit(huggingFace.resolve(INDEX), "model-00001-of-00002.safetensors", name);
        refused(huggingFace, huggingFace.resolve(INDEX), "has for tensor 'model.embed_tokens.weight' something other");
    }

    @Test
    void theIndexAndTheFilesMustAgree() throws IOException {
        edit(
                huggingFace.resolve(INDEX),
                "\"weight_map\":{",
                "\"weight_map\":{\"more\":\"model-00001-of-00002.safetensors\",");
        refused(
                huggingFace,
                huggingFace.resolve("model-00001-of-00002.safetensors"),
                "lacks the tensor 'more', which the index says is in it");
    }

    @Test
    void unknownAndDoubledTensorsAreRefused() {
        Path more = mistral.resolve("consolidated.safetensors");
        new SafetensorsBytes()
                .tensor("layers.0.attention.wq.bias", "F32", new byte[4], 1)
                .write(more);
        refused(mistral, more, "tensor 'layers.0.attention.wq.bias' is none that the forward pass uses");
        new SafetensorsBytes().tensor("norm.weight", "F8_E4M3", new byte[8], 8).write(more);
        refused(
                mistral,
                more,
                "tensor 'norm.weight' has the type F8_E4M3, which is not supported; use a model in BF16");
        new SafetensorsBytes().tensor("norm.weight", "F32", new byte[0], 0).write(more);
        refused(mistral, more, "tensor 'norm.weight' has a dimension of 0");
        new SafetensorsBytes().tensor("norm.weight", "F32", new byte[4]).write(more);
        refused(mistral, more, "tensor 'norm.weight' has 0 dimensions");
        new SafetensorsBytes().tensor("norm.weight", "F32", new byte[4], 1).write(more);
        Path again = new SafetensorsBytes()
                .tensor("norm.weight", "F32", new byte[4], 1)
                .write(mistral.resolve("consolidated2.safetensors"));
        refused(mistral, again, "tensor 'norm.weight' is in consolidated.safetensors too");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"hidden_size\":-8", "\"hidden_size\":8.5", "\"hidden_size\":\"8\"", "\"hidden_size\":1e30"})
    void numbersThatCannotBeAreRefused(String field) throws IOException {
        edit(huggingFace.resolve("config.json"), "\"hidden_size\":8", field);
        refused(
                huggingFace,
                huggingFace.resolve("config.json"),
                "has a 'hidden_size' that is not a whole number from 1 to 2^31-1");
    }

    @Test
    void damagedConfigurationsAreRefusedInOneLineOrSound() throws IOException {
        SplittableRandom random = new SplittableRandom(9);
        for (Path file : new Path[] {
            huggingFace.resolve("config.json"), huggingFace.resolve(INDEX), mistral.resolve("params.json")
        }) {
            byte[] sound = Files.readAllBytes(file);
            for (int i = 0; i < 300; i++) {
                byte[] damaged = sound.clone();
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, damaged);
                openOrRefuse(file.getParent());
            }
            Files.writeString(file, "[".repeat(100_000));
            openOrRefuse(file.getParent());
            Files.write(file, sound);
        }
    }

    private static void openOrRefuse(Path folder) {
        try (ModelSource source = ModelSource.open(folder)) {
            source.tensors().forEach(source::view);
        } catch (ModelFileException refused) {
            assertTrue(refused.getMessage().startsWith(folder.toString()), refused.getMessage());
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
        }
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertTrue(text.contains(from), text);
        Files.writeString(file, text.replace(from, to), StandardCharsets.UTF_8);
    }

    private static GgufMetadata metadata(Path folder) {
        try (ModelSource source = ModelSource.open(folder)) {
            return source.metadata();
        }
    }

    private static void refused(Path opened, Path named, String problem) {
        String message = assertThrows(ModelFileException.class, () -> ModelSource.open(opened))
                .getMessage();
        assertTrue(message.startsWith(named + ": " + problem), message);
        assertEquals(1, message.lines().count());
    }
}
