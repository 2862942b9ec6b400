/**
 * Files of models, whatever their format: mapped for reading, and made whole or not at all.
 *
 * <p>Entry types: {@link dev.sirocco.model.files.MappedFile} and {@link
 * dev.sirocco.model.files.ModelFileException}, in which every failure to read or write a model ends.
 *
 * <p>Invariants: a model file is never written to, writable segments are private copies; a message is one line that
 * names the file, whatever its bytes are.
 *
 * <p>What stays out: the formats.
 */
package dev.sirocco.model.files;
