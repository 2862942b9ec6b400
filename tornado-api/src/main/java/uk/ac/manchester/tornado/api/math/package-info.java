/**
 * Mathematics for kernels.
 *
 * <p>Entry type: {@link uk.ac.manchester.tornado.api.math.TornadoMath}. Every function maps to one of the
 * device's; what only the host could compute stays out.
 */
package uk.ac.manchester.tornado.api.math;
