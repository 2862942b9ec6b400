/**
 * What graphs and runtimes share: the shapes of kernels and the description of a device.
 *
 * <p>Entry types: {@link uk.ac.manchester.tornado.api.common.TornadoFunctions}, {@link
 * uk.ac.manchester.tornado.api.common.TornadoDevice}. A device's memory and queues are its runtime's own matter and are
 * left out.
 */
package uk.ac.manchester.tornado.api.common;
