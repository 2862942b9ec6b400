/**
 * Text to token ids and back.
 *
 * <p>Entry type: {@link dev.sirocco.model.tokenizer.Tokenizer}, made from a GGUF file's metadata by {@link
 * dev.sirocco.model.tokenizer.Tokenizer#of}. There is one implementation: byte-pair encoding as SentencePiece does it,
 * with the vocabulary, scores and types of the file.
 *
 * <p>Invariants:
 * <ul>
 *   <li>Ids and texts equal those of SentencePiece 0.1.97 for every text and every sequence of ids.
 *   <li>User text never becomes a control token, whatever it looks like; templates insert control tokens as ids.
 *   <li>Encoding takes {@code O(n log n)} for a text of {@code n} characters.
 *   <li>Streaming and whole decoding are the same code, so that their results cannot differ.
 *   <li>Everything is immutable and safe for use by several threads, but for a {@link
 *       dev.sirocco.model.tokenizer.StreamingDetokenizer}, which belongs to one stream.
 * </ul>
 *
 * <p>What stays out: chat templates, and stop conditions.
 */
package dev.sirocco.model.tokenizer;
