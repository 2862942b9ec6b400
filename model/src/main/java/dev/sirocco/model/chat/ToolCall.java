package dev.sirocco.model.chat;

/**
 * A model's wish to have a function called.
 *
 * @param id        by which the result refers to it; empty where a version of the templates has none
 * @param name      of the function
 * @param arguments as JSON, usually an object
 */
public record ToolCall(String id, String name, String arguments) {}
