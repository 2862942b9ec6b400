package dev.sirocco.model.session;

import dev.sirocco.tasks.attention.CacheFormat;
import java.util.Objects;

/**
 * The size of a session, and what its KV cache is made of.
 *
 * @param context the most tokens of the sequence; 0 takes the model's, but at most {@value #DEFAULT_CONTEXT}, because
 *                the KV cache grows with it
 * @param chunk   the most tokens processed at once; 0 takes {@value #DEFAULT_CHUNK}
 * @param cache   how keys and values are stored
 */
public record SessionOptions(int context, int chunk, CacheFormat cache) {
    /** A context that a machine with little memory can hold for a model of 7 billion weights. */
    public static final int DEFAULT_CONTEXT = 4096;

    /** More than this no longer makes a weight's way from memory cheaper, but its buffers cost memory. */
    public static final int DEFAULT_CHUNK = 256;

    /** Both as they are by default. */
    public static final SessionOptions DEFAULT = new SessionOptions(0, 0);

    public SessionOptions {
        Objects.requireNonNull(cache, "cache");
        if (context < 0) {
            throw new IllegalArgumentException("the context is " + context + "; it must be at least 1");
        }
        if (chunk < 0) {
            throw new IllegalArgumentException("the chunk is " + chunk + "; it must be at least 1");
        }
    }

    /** A cache of fp32. */
    public SessionOptions(int context, int chunk) {
        this(context, chunk, CacheFormat.F32);
    }

    public SessionOptions withContext(int value) {
        return new SessionOptions(value, chunk, cache);
    }

    public SessionOptions withChunk(int value) {
        return new SessionOptions(context, value, cache);
    }

    public SessionOptions withCache(CacheFormat value) {
        return new SessionOptions(context, chunk, value);
    }
}
