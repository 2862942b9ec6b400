package dev.sirocco.benchmarks.random;

import dev.sirocco.model.gguf.TensorSource;
import dev.sirocco.tasks.matmul.WeightFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * A tensor's weights, drawn in pieces by the threads of a pool while earlier pieces are written.
 *
 * @param name      the tensor's; with the seed it decides the weights
 * @param weights   their number, whole blocks
 * @param mean      of the weights; 0 for quantised formats
 * @param deviation standard deviation of the weights
 * @param pool      owned by the caller
 * @param ahead     pieces of {@value #PIECE_BLOCKS} blocks that may be in memory
 */
record RandomTensor(
        String name,
        WeightFormat format,
        long weights,
        float mean,
        float deviation,
        long seed,
        ExecutorService pool,
        int ahead)
        implements TensorSource {

    private static final int PIECE_BLOCKS = 1 << 15;

    @Override
    public void writeTo(OutputStream out) throws IOException {
        long blocks = weights / format.blockSize();
        Queue<Future<byte[]>> pending = new ArrayDeque<>();
        long pieces = Math.ceilDiv(blocks, (long) PIECE_BLOCKS);
        try {
            for (long next = 0; next < pieces || !pending.isEmpty(); ) {
                if (next < pieces && pending.size() < ahead) {
                    long piece = next++;
                    int size = (int) Math.min(PIECE_BLOCKS, blocks - piece * PIECE_BLOCKS);
                    pending.add(pool.submit(() -> draw(piece, size)));
                } else {
                    out.write(pending.remove().get());
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("drawing the weights of " + name + " failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while drawing the weights of " + name, e);
        } finally {
            pending.forEach(piece -> piece.cancel(true));
        }
    }

    private byte[] draw(long piece, int blocks) {
        ByteBuffer out = ByteBuffer.allocate(blocks * format.blockBytes()).order(ByteOrder.LITTLE_ENDIAN);
        SplitMix random = SplitMix.forPart(seed, name, piece);
        for (int block = 0; block < blocks; block++) {
            BlockFiller.fill(out, format, random, mean, deviation);
        }
        return out.array();
    }
}
