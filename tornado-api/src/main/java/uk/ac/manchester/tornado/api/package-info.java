/**
 * Task graphs and the kernels' view of a device: the part of TornadoVM's public API that Sirocco uses, under the same
 * names and descriptors as TornadoVM 5.2.0-jdk25, so that classes compiled here link there unchanged.
 *
 * <p>Entry types: {@link uk.ac.manchester.tornado.api.TaskGraph} records tasks, {@link
 * uk.ac.manchester.tornado.api.TornadoExecutionPlan} executes them, {@link uk.ac.manchester.tornado.api.KernelContext}
 * tells a kernel which work-item it is. Execution is left to the {@link dev.sirocco.spi.RuntimeProvider} on the class
 * path.
 *
 * <p>A public member here exists in TornadoVM or is listed, with its reason, beside the test that compares the two.
 * What the project does not use is left out, not stubbed.
 */
package uk.ac.manchester.tornado.api;
