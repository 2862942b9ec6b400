package dev.sirocco.model.convert;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.gguf.TensorSource;
import dev.sirocco.model.quantize.Quantizer;
import dev.sirocco.model.source.ModelSource;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * A tensor of the file that is made.
 *
 * @param name    in that file
 * @param type    in that file
 * @param dims    extents, the contiguous one first
 * @param parts   tensors of the model whose rows follow each other
 * @param headDim elements of a head whose rows are to be sorted from halves to adjacent pairs, 0 to keep the order
 */
record OutputTensor(String name, GgmlType type, List<Long> dims, List<GgufTensor> parts, int headDim) {
    /** What a thread quantizes at a time: small enough that many do, large enough not to count. */
    private static final int CHUNK_WEIGHTS = 1 << 18;

    private static final int CHUNKS_AT_ONCE = 4 * Runtime.getRuntime().availableProcessors();

    long sizeBytes() {
        return type.sizeBytes(dims);
    }

    /** {@return gives the data; {@code onWritten} is told of the bytes} */
    TensorSource source(ModelSource model, LongConsumer onWritten) {
        Quantizer quantizer = Quantizer.of(type).orElseThrow();
        return out -> {
            for (GgufTensor part : parts) {
                write(model, part, quantizer, out, onWritten);
            }
        };
    }

    private void write(
            ModelSource model, GgufTensor part, Quantizer quantizer, OutputStream out, LongConsumer onWritten)
            throws IOException {
        MemorySegment weights = model.view(part);
        int cols = Math.toIntExact(part.dim(0));
        long rows = part.elementCount() / cols;
        int chunkRows = (int) Math.clamp(CHUNK_WEIGHTS / cols, 1L, rows);
        for (long begin = 0; begin < rows; begin += (long) chunkRows * CHUNKS_AT_ONCE) {
            long first = begin;
            int chunks = (int) Math.min(CHUNKS_AT_ONCE, Math.ceilDiv(rows - begin, chunkRows));
            List<byte[]> made = IntStream.range(0, chunks)
                    .parallel()
                    .mapToObj(chunk -> {
                        long from = first + (long) chunk * chunkRows;
                        int count = (int) Math.min(chunkRows, rows - from);
                        return rows(model, part, weights, quantizer, from, count, cols);
                    })
                    .toList();
            for (byte[] chunk : made) {
                out.write(chunk);
                onWritten.accept(chunk.length);
            }
        }
    }

    private byte[] rows(
            ModelSource model,
            GgufTensor part,
            MemorySegment weights,
            Quantizer quantizer,
            long from,
            int count,
            int cols) {
        float[] row = new float[cols];
        ByteBuffer blocks = ByteBuffer.allocate(count * (cols / type.blockSize()) * type.blockBytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        try {
            for (long r = from; r < from + count; r++) {
                WeightReader.read(part.type(), weights, sourceRow(r) * cols, row, 0, cols);
                for (int at = 0; at < cols; at += type.blockSize()) {
                    quantizer.quantize(row, at, blocks);
                }
            }
        } catch (ArithmeticException e) {
            throw new ModelFileException(
                    model.path(), "tensor " + ModelFileException.quote(part.name()) + " " + e.getMessage(), e);
        }
        return blocks.array();
    }

    /** GGUF's row 2i + c of a head is row c · headDim / 2 + i where pairs are halves. */
    private long sourceRow(long row) {
        if (headDim == 0) {
            return row;
        }
        long inHead = row % headDim;
        return row - inHead + inHead % 2 * (headDim / 2) + inHead / 2;
    }
}
