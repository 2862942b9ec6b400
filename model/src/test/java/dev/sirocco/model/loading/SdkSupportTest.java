package dev.sirocco.model.loading;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.model.RandomGguf;
import dev.sirocco.model.RandomGguf.Shape;
import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.source.ModelSource;
import dev.sirocco.tasks.graph.KernelShape;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SdkSupportTest {
    @TempDir
    Path folder;

    private ModelSource source() {
        return ModelSource.open(new RandomGguf(Shape.BLOCKS, GgmlType.F32, 3).write(folder.resolve("m.gguf")));
    }

    @Test
    void kernelsOfRowsAreTaken() {
        try (ModelSource source = source()) {
            assertDoesNotThrow(() -> SdkSupport.require(source, KernelShape.ROW));
        }
    }

    @Test
    void kernelsMadeOfWorkGroupsAreRefused() {
        try (ModelSource source = source()) {
            String message = assertThrows(
                            ModelFileException.class, () -> SdkSupport.require(source, KernelShape.WORKGROUP))
                    .getMessage();
            assertTrue(
                    message.contains("kernels made of work-groups compute wrong logits on a TornadoVM SDK"), message);
        }
    }
}
