package dev.sirocco.model.convert;

import dev.sirocco.model.files.ModelFileException;
import dev.sirocco.model.gguf.GgmlType;
import dev.sirocco.model.gguf.GgufTensor;
import dev.sirocco.model.gguf.TensorSource;
import dev.sirocco.model.quantize.Quantizer;
import dev.sirocco.model.source.ModelSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

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

    long sizeBytes() {
        return type.sizeBytes(dims);
    }

    /**
     * {@return what gives the data}
     *
     * @param threads   make it
     * @param ahead     how many pieces of it may wait for being written
     * @param onWritten is told of the bytes that were written
     */
    TensorSource source(ModelSource model, ExecutorService threads, int ahead, LongConsumer onWritten) {
        return out -> {
            for (GgufTensor part : parts) {
                write(model, part, threads, ahead, out, onWritten);
            }
        };
    }

    private void write(
            ModelSource model,
            GgufTensor part,
            ExecutorService threads,
            int ahead,
            OutputStream out,
            LongConsumer onWritten)
            throws IOException {
        MemorySegment weights = model.view(part);
        int cols = Math.toIntExact(part.dim(0));
        long rows = part.elementCount() / cols;
        int chunkRows = (int) Math.clamp(CHUNK_WEIGHTS / cols, 1L, rows);
        Deque<Future<byte[]>> made = new ArrayDeque<>();
        long next = 0;
        while (next < rows || !made.isEmpty()) {
            while (next < rows && made.size() < ahead) {
                long from = next;
                int count = (int) Math.min(chunkRows, rows - from);
                made.add(threads.submit(() -> rows(model, part, weights, from, count, cols)));
                next += count;
            }
            byte[] chunk = result(made.remove());
            out.write(chunk);
            onWritten.accept(chunk.length);
        }
    }

    private static byte[] result(Future<byte[]> chunk) throws InterruptedIOException {
        try {
            return chunk.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private byte[] rows(ModelSource model, GgufTensor part, MemorySegment weights, long from, int count, int cols) {
        Quantizer quantizer = Quantizer.of(type).orElseThrow();
        WeightReader reader = new WeightReader(part.type(), weights);
        float[] row = new float[cols];
        ByteBuffer blocks = ByteBuffer.allocate(count * (cols / type.blockSize()) * type.blockBytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        try {
            for (long r = from; r < from + count; r++) {
                reader.read(sourceRow(r) * cols, row);
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
