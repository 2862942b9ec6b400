/**
 * Arrays outside the Java heap, which kernels read and write and which devices can use in place.
 *
 * <p>Entry types: {@link uk.ac.manchester.tornado.api.types.arrays.FloatArray} and its seven siblings, one for each
 * element type. All share the memory layout and the ownership that {@link
 * uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray} documents. Element access checks bounds.
 *
 * <p>Transfers to devices are no matter of this package.
 */
package uk.ac.manchester.tornado.api.types.arrays;
