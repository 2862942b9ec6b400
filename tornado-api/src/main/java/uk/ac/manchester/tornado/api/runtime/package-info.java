/**
 * Finding the runtime of this process.
 *
 * <p>Entry type: {@link uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider}. How runtimes are registered is
 * said in {@link dev.sirocco.spi}.
 */
package uk.ac.manchester.tornado.api.runtime;
