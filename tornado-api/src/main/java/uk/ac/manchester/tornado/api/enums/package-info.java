/**
 * The choices that graphs, plans and devices are described with.
 *
 * <p>Entry type: {@link uk.ac.manchester.tornado.api.enums.DataTransferMode}, whose constants are ints. Ordinals of the
 * enums carry no meaning.
 */
package uk.ac.manchester.tornado.api.enums;
