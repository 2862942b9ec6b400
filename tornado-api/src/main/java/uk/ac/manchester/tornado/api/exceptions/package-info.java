/**
 * What task graphs, plans and runtimes throw.
 *
 * <p>Entry type: {@link uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException}. Each message is one line that
 * names what is wrong and, where there is one, the remedy. A malformed array argument is an {@link
 * IllegalArgumentException} and an index out of range an {@link IndexOutOfBoundsException}, as everywhere in Java.
 */
package uk.ac.manchester.tornado.api.exceptions;
