/**
 * What a kernel tells the compiler about its loops.
 *
 * <p>Entry type: {@link uk.ac.manchester.tornado.api.annotations.Parallel}. Run as plain Java, an annotated loop is an
 * ordinary loop. Reductions are left out: kernels write them as loops.
 */
package uk.ac.manchester.tornado.api.annotations;
