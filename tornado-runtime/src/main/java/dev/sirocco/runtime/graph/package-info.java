/**
 * Executes task graphs on a device.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.graph.EmbeddedPlan}, one for each execution plan. A graph's description is
 * checked once ({@code GraphProgram}) and bound to a device at its first execution ({@code BoundGraph}). From then on
 * an execution is a loop over bound tasks: nothing is looked up or allocated, but for the grid of a KernelContext
 * kernel, which an application may change at any time.
 *
 * <p>An array is one device buffer in a plan, whichever graphs name it, told apart by identity:
 * <ul>
 *   <li>transferred at the first execution, it is copied when the graph that says so runs for the first time, and keeps
 *       what tasks make of it; at every execution, it is copied each time, before the tasks;
 *   <li>persisted, or left for a transfer on demand, it may be consumed by graphs that run later;
 *   <li>neither transferred nor consumed, it has device memory whose content is undefined until a task writes it;
 *   <li>copied to the host at every execution, it is there when {@code execute} returns.
 * </ul>
 *
 * <p>What stays out: how a device compiles and launches a kernel ({@link dev.sirocco.runtime.driver}).
 */
package dev.sirocco.runtime.graph;
