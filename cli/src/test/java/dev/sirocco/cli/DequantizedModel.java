package dev.sirocco.cli;

import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufFile;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.gguf.GgufValue;
import dev.sirocco.model.gguf.GgufWriter;
import dev.sirocco.model.gguf.TensorSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** A model of Q8_0 and F32 with all weights in F32, from which others can be quantized. */
final class DequantizedModel {
    private static final int BLOCK = 32;
    private static final int BLOCK_BYTES = 34;

    private DequantizedModel() {}

    static void write(Path from, Path to) {
        GgufWriter writer = new GgufWriter();
        try (GgufFile file = GgufFile.open(from)) {
            for (String key : file.metadata().keys()) {
                if (!key.equals("general.file_type")) {
                    writer.put(key, file.metadata().get(key));
                }
            }
            writer.put("general.file_type", GgufValue.u32(0));
            for (GgufTensor tensor : file.tensors()) {
                long[] dims = tensor.dims().stream().mapToLong(dim -> dim).toArray();
                writer.tensor(tensor.name(), GgmlType.F32, dims, TensorSource.of(weights(file, tensor)));
            }
            writer.write(to);
        }
    }

    private static float[] weights(GgufFile file, GgufTensor tensor) {
        MemorySegment bytes = file.view(tensor);
        if (tensor.type() == GgmlType.F32) {
            return bytes.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
        }
        float[] weights = new float[Math.toIntExact(tensor.elementCount())];
        for (int i = 0; i < weights.length; i++) {
            long block = (long) i / BLOCK * BLOCK_BYTES;
            float scale = Float.float16ToFloat(bytes.get(ValueLayout.JAVA_SHORT_UNALIGNED, block));
            weights[i] = scale * bytes.get(ValueLayout.JAVA_BYTE, block + 2 + i % BLOCK);
        }
        return weights;
    }
}
