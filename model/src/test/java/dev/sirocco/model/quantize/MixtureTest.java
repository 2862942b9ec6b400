package dev.sirocco.model.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.gguf.GgmlType;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MixtureTest {
    private static final Mixture.Model MISTRAL_7B = new Mixture.Model(32, 4, 0, false, false);
    private static final String[] MATRICES = {
        "attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"
    };

    private static Map<GgmlType, Integer> counts(Mixture mixture) {
        Map<GgmlType, Integer> counts = new EnumMap<>(GgmlType.class);
        counts.merge(mixture.typeOf("token_embd.weight", 4096, MISTRAL_7B), 1, Integer::sum);
        counts.merge(mixture.typeOf("output.weight", 4096, MISTRAL_7B), 1, Integer::sum);
        for (int layer = 0; layer < 32; layer++) {
            for (String matrix : MATRICES) {
                String name = "blk." + layer + "." + matrix + ".weight";
                counts.merge(mixture.typeOf(name, 4096, MISTRAL_7B), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** What files of these names have for Mistral 7B. */
    @Test
    void filesHaveTheTensorsThatTheirNamePromises() {
        assertEquals(Map.of(GgmlType.Q4_K, 193, GgmlType.Q6_K, 33), counts(Mixture.Q4_K_M));
        assertEquals(Map.of(GgmlType.Q5_K, 193, GgmlType.Q6_K, 33), counts(Mixture.Q5_K_M));
        assertEquals(Map.of(GgmlType.Q4_K, 217, GgmlType.Q5_K, 8, GgmlType.Q6_K, 1), counts(Mixture.Q4_K_S));
        assertEquals(Map.of(GgmlType.Q4_0, 225, GgmlType.Q6_K, 1), counts(Mixture.Q4_0));
        assertEquals(Map.of(GgmlType.Q8_0, 226), counts(Mixture.Q8_0));
        assertEquals(Map.of(GgmlType.Q6_K, 226), counts(Mixture.Q6_K));
        assertEquals(
                Map.of(GgmlType.Q3_K, 129, GgmlType.Q4_K, 92, GgmlType.Q5_K, 4, GgmlType.Q6_K, 1),
                counts(Mixture.Q3_K_M));
        assertEquals(
                Map.of(GgmlType.Q2_K, 129, GgmlType.Q3_K, 64, GgmlType.Q4_K, 32, GgmlType.Q6_K, 1),
                counts(Mixture.Q2_K));
    }

    @Test
    void rowsThatAreNoWholeBlocksGetSmallerOnes() {
        assertEquals(GgmlType.Q5_0, Mixture.Q4_K_S.typeOf("blk.9.attn_q.weight", 160, MISTRAL_7B));
        assertEquals(GgmlType.Q8_0, Mixture.Q4_K_M.typeOf("output.weight", 160, MISTRAL_7B));
        assertEquals(GgmlType.F16, Mixture.Q4_0.typeOf("blk.9.attn_q.weight", 36, MISTRAL_7B));
    }

    @Test
    void aTiedEmbeddingIsAnOutputMatrixAndRoutersStayExact() {
        Mixture.Model tied = new Mixture.Model(26, 4, 8, true, false);
        assertEquals(GgmlType.Q6_K, Mixture.Q4_K_M.typeOf("token_embd.weight", 4096, tied));
        assertEquals(GgmlType.F32, Mixture.Q4_0.typeOf("blk.0.ffn_gate_inp.weight", 4096, tied));
        assertEquals(GgmlType.Q8_0, Mixture.Q4_K_M.typeOf("blk.0.attn_v.weight", 4096, tied));
        assertEquals(GgmlType.Q6_K, Mixture.Q4_K_M.typeOf("blk.0.ffn_down_exps.weight", 4096, tied));
    }

    @Test
    void namesAreFoundInAnyCase() {
        assertEquals(Mixture.Q4_K_M, Mixture.ofName("q4_k_m").orElseThrow());
        assertEquals(Mixture.Q4_K_M, Mixture.ofName("Q4_K").orElseThrow());
        assertEquals(Mixture.BF16, Mixture.ofName("bf16").orElseThrow());
        assertTrue(Mixture.ofName("Q9").isEmpty());
    }
}
