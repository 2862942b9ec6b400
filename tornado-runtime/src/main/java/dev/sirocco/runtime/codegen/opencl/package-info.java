/**
 * From IR to OpenCL C: what any OpenCL 1.2 device's own compiler takes.
 *
 * <p>Entry type: {@link dev.sirocco.runtime.codegen.opencl.OpenClEmitter}. What the device's compiler has beyond
 * OpenCL 1.2's core is an {@link dev.sirocco.runtime.codegen.opencl.OpenClTarget}.
 *
 * <p>A kernel is written as a person would write it: arrays are typed pointers, loops stay rolled, values that are
 * used once stand where they are used, variables have their Java names, and comments give the line of the Java source.
 * Control flow is rebuilt from the flow graph by {@link dev.sirocco.runtime.codegen.opencl.ControlFlow}: statements
 * nest as the dominator tree does. A jump that no {@code break}, {@code continue} or end of a statement expresses, such
 * as a labelled one of Java, is a {@code goto} forwards to the end of the statement that it leaves.
 *
 * <p>Invariants: the text depends on nothing but function, launch and target, so equal inputs give equal text; no
 * arithmetic of a kernel traps, and none is undefined where Java defines it; half precision is storage only.
 *
 * <p>What stays out: devices, build logs, launches.
 */
package dev.sirocco.runtime.codegen.opencl;
