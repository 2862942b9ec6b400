package dev.sirocco.model.loading;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.source.ModelSource;
import dev.sirocco.tasks.graph.KernelShape;

/** What of a model runs on a TornadoVM SDK: what was tried there and is right. docs/tornadovm.md has the outcomes. */
public final class SdkSupport {
    private SdkSupport() {}

    /**
     * Checks the shape of kernels before anything is loaded. Weights of every type run there.
     *
     * @throws ModelFileException naming the shape and the remedy
     */
    public static void require(ModelSource source, KernelShape kernels) {
        if (kernels != KernelShape.ROW) {
            throw source.metadata()
                    .problem("kernels made of work-groups compute wrong logits on a TornadoVM SDK; leave kernel_shape"
                            + " out of the profile, or make it row");
        }
    }
}
