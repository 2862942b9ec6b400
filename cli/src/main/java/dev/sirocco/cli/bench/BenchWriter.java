package dev.sirocco.cli.bench;

import java.io.IOException;
import java.io.Writer;

/** Writes rows in one format as they come. The writer given to it is flushed after each row and stays the caller's. */
public interface BenchWriter extends AutoCloseable {
    void row(BenchRow row) throws IOException;

    /** Writes what ends the output. */
    @Override
    void close() throws IOException;

    /** The formats, named as {@code -o} takes them. */
    enum Format {
        md,
        csv,
        json,
        jsonl;

        /** {@return a writer of this format that has written what begins the output} */
        public BenchWriter open(Writer out) throws IOException {
            return switch (this) {
                case md -> new MarkdownWriter(out);
                case csv -> new CsvWriter(out);
                case json -> new JsonWriter(out, true);
                case jsonl -> new JsonWriter(out, false);
            };
        }
    }
}
