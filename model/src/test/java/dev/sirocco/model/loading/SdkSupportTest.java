package dev.sirocco.model.loading;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SdkSupportTest {
    @TempDir
    Path folder;

    private ModelSource source(GgmlType type) {
        Shape shape = type.blockSize() > 32 ? Shape.LARGE_BLOCKS : Shape.BLOCKS;
        return ModelSource.open(new RandomGguf(shape, type, 3).write(folder.resolve("m.gguf")));
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q8_0", "Q4_0"})
    void typesThatAreRightThereAreTaken(GgmlType type) {
        try (ModelSource source = source(type)) {
            assertDoesNotThrow(() -> SdkSupport.require(source, KernelShape.ROW));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Q4_1", "Q5_0", "Q5_1", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "IQ4_NL", "IQ4_XS"})
    void othersAreRefusedWithATensorAndARemedy(GgmlType type) {
        try (ModelSource source = source(type)) {
            String message = assertThrows(ModelFileException.class, () -> SdkSupport.require(source, KernelShape.ROW))
                    .getMessage();
            assertTrue(message.contains("m.gguf: tensor '"), message);
            assertTrue(message.contains("is " + type + ", whose kernels TornadoVM's compiler does not take"), message);
            assertTrue(message.contains("run it without --runtime tornadovm"), message);
            assertEquals(1, message.lines().count());
        }
    }

    @Test
    void kernelsMadeOfWorkGroupsAreRefused() {
        try (ModelSource source = source(GgmlType.F32)) {
            String message = assertThrows(
                            ModelFileException.class, () -> SdkSupport.require(source, KernelShape.WORKGROUP))
                    .getMessage();
            assertTrue(
                    message.contains("kernels made of work-groups compute wrong logits on a TornadoVM SDK"), message);
        }
    }
}
