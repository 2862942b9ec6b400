/**
 * JSON as a tree, for files and messages that are small enough to be held whole.
 *
 * <p>Entry type: {@link dev.sirocco.model.json.Json}, read by {@link dev.sirocco.model.json.Json#parse} and written by
 * {@link dev.sirocco.model.json.JsonPrinter}.
 *
 * <p>Invariants: trees are immutable; objects keep the order of their members; numbers keep their digits; nesting is
 * bounded, so that no input overflows the stack.
 *
 * <p>What stays out: binding to classes. Whoever reads a tree says what it expects and where.
 */
package dev.sirocco.model.json;
