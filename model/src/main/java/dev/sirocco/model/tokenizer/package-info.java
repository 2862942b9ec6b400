/**
 * Text to token ids and back.
 *
 * <p>Entry types: {@link dev.sirocco.model.tokenizer.Tokenizer}, made from the {@code tokenizer.*} keys of a GGUF
 * file by {@link dev.sirocco.model.tokenizer.Tokenizer#of}; {@link dev.sirocco.model.tokenizer.TokenizerFiles} makes
 * such keys from the files that models are published with. There are two implementations: byte-pair encoding as
 * SentencePiece does it, on characters, and as Tekken does it, on bytes within words. Both merge with {@code
 * PieceMerger}.
 *
 * <p>Invariants:
 * <ul>
 *   <li>Ids and texts equal those of SentencePiece and of tiktoken with Tekken's vocabulary, for every text and every
 *       sequence of ids.
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
