/**
 * Models from a hub that speaks as Hugging Face's does, kept in a folder of the user's cache.
 *
 * <p>Entry types: {@link dev.sirocco.cli.hub.ModelCache}, what is there; {@link dev.sirocco.cli.hub.Pull}, which
 * brings more.
 *
 * <p>Invariants:
 * <ul>
 *   <li>A file has its name only when it is complete and its checksum is the hub's. What was received of it before
 *       lies beside it, and is gone on with, unless the hub has another file by then.
 *   <li>The token is sent to the hub and to nobody whom it redirects to, and never in clear.
 *   <li>Names that a hub or a user gives cannot lead out of the folder.
 *   <li>Attempts are bounded: the count begins anew only when bytes have arrived.
 * </ul>
 *
 * <p>What stays out: what is in the files.
 */
package dev.sirocco.cli.hub;
