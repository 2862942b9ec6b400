/**
 * The devices that a model can run on, whichever runtime is there.
 *
 * <p>Entry type: {@link dev.sirocco.cli.device.RuntimeDevices}. A process has one runtime: the embedded one, or a
 * TornadoVM SDK in whose Java virtual machine it was started ({@link dev.sirocco.cli.sdk}).
 *
 * <p>Invariant: on an SDK no class of the embedded runtime is touched, for its jars are not there. Therefore {@link
 * dev.sirocco.cli.device.ListedDevice} says here what a device is, and one class alone knows the embedded runtime.
 */
package dev.sirocco.cli.device;
