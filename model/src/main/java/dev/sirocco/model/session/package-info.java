/**
 * A model that is ready to run, and sequences that it processes.
 *
 * <p>Entry types: {@link dev.sirocco.model.session.Model} opens a file and owns its weights; {@link
 * dev.sirocco.model.session.Session} is one sequence of tokens with its KV cache. A session is fed with {@code append},
 * computes when logits are asked for, and {@linkplain dev.sirocco.model.session.Session#generate generates} or
 * {@linkplain dev.sirocco.model.session.Session#score scores} whole texts.
 *
 * <p>Invariants: a session's results do not depend on how its tokens were cut into chunks; no more tokens than the
 * session's context are ever accepted; closing a model closes its sessions, each after the step that it is in.
 *
 * <p>What stays out: chat templates, and how tokens become text ({@link dev.sirocco.model.tokenizer}).
 */
package dev.sirocco.model.session;
