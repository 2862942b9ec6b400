/**
 * The embedded runtime: kernels from bytecode to machine code, and the task graphs that run them.
 *
 * <p>Packages follow the pipeline: {@code bytecode → ir → pass → codegen → driver}; {@code graph} executes plans.
 */
package dev.sirocco.runtime;
