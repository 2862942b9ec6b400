/**
 * Conversations, and how they become the tokens that a model of Mistral's was trained on.
 *
 * <p>Entry types: {@link dev.sirocco.model.chat.ChatTemplate} lays a {@link dev.sirocco.model.chat.Conversation} out in
 * one of the versions that Mistral has used; {@link dev.sirocco.model.chat.TemplateDetection} says which one a model's
 * file asks for; {@link dev.sirocco.model.chat.AnswerParser} finds thoughts and tool calls in what a model has said;
 * {@link dev.sirocco.model.chat.ChatSession} holds a conversation with a model and keeps what is computed.
 *
 * <p>Invariants: each segment of text is encoded by itself, and control tokens are put between as ids, so that no text
 * can pass for one; a template in the file's own language is only looked at to recognise it, and one that is not
 * recognised is reported; ids equal those of mistral-common.
 *
 * <p>What stays out: images and sound, which the models here do not take.
 */
package dev.sirocco.model.chat;
