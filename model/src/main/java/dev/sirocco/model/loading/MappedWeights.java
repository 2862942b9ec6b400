package dev.sirocco.model.loading;

import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufException;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.source.ModelSource;
import dev.sirocco.tasks.graph.GatedWeights;
import dev.sirocco.tasks.graph.LayerWeights;
import dev.sirocco.tasks.graph.ModelWeights;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.matmul.WeightTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** The tensors of a model file, used where they lie. */
public final class MappedWeights {
    static final String EMBEDDING = "token_embd.weight";
    static final String OUTPUT = "output.weight";

    /** Tables of inverse frequencies that old converters wrote; they follow from theta. */
    private static final Pattern DERIVED = Pattern.compile("blk\\.\\d+\\.attn_rot_embd\\.weight");

    private final ModelSource file;
    private final boolean widen;
    private final IntConsumer onMapped;
    private final Set<String> used = new HashSet<>();

    private MappedWeights(ModelSource file, boolean widen, IntConsumer onMapped) {
        this.file = file;
        this.widen = widen;
        this.onMapped = onMapped;
    }

    /**
     * Maps all tensors of a model.
     *
     * @param file     an open model file; it owns the weights' memory and must stay open for as long as they are used
     * @param config   of this file
     * @param widen    whether matrices of F16 become F32, for devices without half precision: those are copied
     * @param onMapped is told after each tensor how many are mapped
     * @throws GgufException when a tensor is missing, has another shape than the configuration implies, has a format
     *     that there are no kernels for, or is one that the forward pass does not know
     */
    public static ModelWeights map(ModelSource file, ModelConfig config, boolean widen, IntConsumer onMapped) {
        return new MappedWeights(file, widen, onMapped).map(config);
    }

    private ModelWeights map(ModelConfig config) {
        long queryDim = (long) config.heads() * config.headDim();
        long kvDim = (long) config.kvHeads() * config.headDim();
        WeightTensor embedding = matrix(EMBEDDING, config.vocab(), config.dim());
        WeightTensor output = config.tiedOutput() ? embedding : matrix(OUTPUT, config.vocab(), config.dim());
        FloatArray outputNorm = vector("output_norm.weight", config.dim());
        List<LayerWeights> layers = new ArrayList<>();
        for (int i = 0; i < config.layers(); i++) {
            String block = "blk." + i + ".";
            layers.add(new LayerWeights(
                    vector(block + "attn_norm.weight", config.dim()),
                    matrix(block + "attn_q.weight", queryDim, config.dim()),
                    matrix(block + "attn_k.weight", kvDim, config.dim()),
                    matrix(block + "attn_v.weight", kvDim, config.dim()),
                    matrix(block + "attn_output.weight", config.dim(), queryDim),
                    vector(block + "ffn_norm.weight", config.dim()),
                    networks(block, config),
                    config.experts().count() == 0
                            ? Optional.empty()
                            : Optional.of(matrix(
                                    block + "ffn_gate_inp.weight",
                                    config.experts().count(),
                                    config.dim()))));
        }
        refuseUnused();
        return new ModelWeights(embedding, layers, outputNorm, output);
    }

    /** A block's feed-forward networks: one, or its experts', which are one tensor together or one each. */
    private List<GatedWeights> networks(String block, ModelConfig config) {
        int experts = config.experts().count();
        if (experts == 0) {
            return List.of(new GatedWeights(
                    matrix(block + "ffn_gate.weight", config.ffnDim(), config.dim()),
                    matrix(block + "ffn_up.weight", config.ffnDim(), config.dim()),
                    matrix(block + "ffn_down.weight", config.dim(), config.ffnDim())));
        }
        boolean together = file.find(block + "ffn_gate_exps.weight").isPresent();
        List<GatedWeights> networks = new ArrayList<>();
        for (int expert = 0; expert < experts; expert++) {
            networks.add(
                    together
                            ? new GatedWeights(
                                    slice(
                                            block + "ffn_gate_exps.weight",
                                            config.ffnDim(),
                                            config.dim(),
                                            expert,
                                            experts),
                                    slice(block + "ffn_up_exps.weight", config.ffnDim(), config.dim(), expert, experts),
                                    slice(
                                            block + "ffn_down_exps.weight",
                                            config.dim(),
                                            config.ffnDim(),
                                            expert,
                                            experts))
                            : new GatedWeights(
                                    matrix(block + "ffn_gate." + expert + ".weight", config.ffnDim(), config.dim()),
                                    matrix(block + "ffn_up." + expert + ".weight", config.ffnDim(), config.dim()),
                                    matrix(block + "ffn_down." + expert + ".weight", config.dim(), config.ffnDim())));
        }
        return networks;
    }

    /** One expert's matrix of a tensor that has those of all. */
    private WeightTensor slice(String name, long rows, long cols, int expert, int experts) {
        GgufTensor whole = find(name, List.of(cols, rows, (long) experts));
        return matrix(name + "[" + expert + "]", whole.part(expert), rows, cols);
    }

    private WeightTensor matrix(String name, long rows, long cols) {
        return matrix(name, find(name, List.of(cols, rows)), rows, cols);
    }

    private WeightTensor matrix(String name, GgufTensor tensor, long rows, long cols) {
        WeightFormat format = Arrays.stream(WeightFormat.values())
                .filter(candidate -> candidate.name().equals(tensor.type().name()))
                .findFirst()
                .orElseThrow(() -> problem(
                        tensor,
                        "has the type " + tensor.type() + ", which is not supported; "
                                + Arrays.toString(WeightFormat.values())
                                + " are, so take its file in one of them, or make that of the F16 file with"
                                + " 'sirocco quantize'"));
        long elements = tensor.sizeBytes() / (format.arrayType() == ByteArray.class ? 1 : format.blockBytes());
        if (elements > Integer.MAX_VALUE) {
            throw problem(tensor, "has " + elements + " elements; at most 2^31 - 1 are supported");
        }
        // In range: one of them divides the number of elements, and neither is zero.
        TornadoNativeArray data = wrap(tensor, format);
        return widen && data instanceof HalfFloatArray halves
                ? new WeightTensor(name, WeightFormat.F32, (int) rows, (int) cols, widened(halves))
                : new WeightTensor(name, format, (int) rows, (int) cols, data);
    }

    private FloatArray vector(String name, int size) {
        GgufTensor tensor = find(name, List.of((long) size));
        if (tensor.type() != GgmlType.F32) {
            throw problem(tensor, "has the type " + tensor.type() + "; the weights of a norm must be F32");
        }
        return (FloatArray) wrap(tensor, WeightFormat.F32);
    }

    private GgufTensor find(String name, List<Long> dims) {
        GgufTensor tensor = file.tensor(name);
        if (!tensor.dims().equals(dims)) {
            throw problem(tensor, "has dimensions " + tensor.dims() + ", but the model's configuration needs " + dims);
        }
        used.add(name);
        return tensor;
    }

    private TornadoNativeArray wrap(GgufTensor tensor, WeightFormat format) {
        MemorySegment segment = file.mapPrivate(tensor, TornadoNativeArray.ARRAY_HEADER);
        onMapped.accept(used.size());
        return format.wrap(segment);
    }

    private static FloatArray widened(HalfFloatArray halves) {
        FloatArray floats = new FloatArray(halves.getSize());
        MemorySegment source = halves.getSegment();
        for (int i = 0; i < halves.getSize(); i++) {
            floats.set(i, Float.float16ToFloat(source.getAtIndex(ValueLayout.JAVA_SHORT, i)));
        }
        return floats;
    }

    private void refuseUnused() {
        for (GgufTensor tensor : file.tensors()) {
            if (!used.contains(tensor.name()) && !DERIVED.matcher(tensor.name()).matches()) {
                throw problem(
                        tensor,
                        "is none that the forward pass uses, so its effect would be missing; "
                                + "use a model of the Mistral family");
            }
        }
    }

    private GgufException problem(GgufTensor tensor, String problem) {
        return file.metadata().problem("tensor " + GgufException.quote(tensor.name()) + " " + problem);
    }
}
