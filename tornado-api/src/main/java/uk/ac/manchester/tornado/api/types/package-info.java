/**
 * Scalar types that Java lacks.
 *
 * <p>Entry type: {@link uk.ac.manchester.tornado.api.types.HalfFloat}. Values are immutable. Arrays of them are in
 * {@link uk.ac.manchester.tornado.api.types.arrays}.
 */
package uk.ac.manchester.tornado.api.types;
