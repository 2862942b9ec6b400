package dev.sirocco.model.loading;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.source.ModelSource;
import dev.sirocco.tasks.graph.KernelShape;
import java.util.EnumSet;
import java.util.Set;

/** What of a model runs on a TornadoVM SDK: what was tried there and is right. docs/tornadovm.md has the outcomes. */
public final class SdkSupport {
    /** TornadoVM's compiler refuses the kernels that decode blocks of any other type for a chunk. */
    private static final Set<GgmlType> TYPES =
            EnumSet.of(GgmlType.F32, GgmlType.F16, GgmlType.BF16, GgmlType.Q8_0, GgmlType.Q4_0);

    private SdkSupport() {}

    /**
     * Checks the weights' types, and the shape of kernels, before anything is loaded.
     *
     * @throws ModelFileException naming a tensor of a type that does not run there, or the shape, and the remedy
     */
    public static void require(ModelSource source, KernelShape kernels) {
        if (kernels != KernelShape.ROW) {
            throw source.metadata()
                    .problem("kernels made of work-groups compute wrong logits on a TornadoVM SDK; leave kernel_shape"
                            + " out of the profile, or make it row");
        }
        for (GgufTensor tensor : source.tensors()) {
            if (!TYPES.contains(tensor.type())) {
                throw source.metadata()
                        .problem("tensor '" + tensor.name() + "' is " + tensor.type() + ", whose kernels TornadoVM's"
                                + " compiler does not take: run it without --runtime tornadovm, or use a file in Q8_0,"
                                + " Q4_0, F16, BF16 or F32");
            }
        }
    }
}
