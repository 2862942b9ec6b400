/**
 * Starting this program on a TornadoVM SDK.
 *
 * <p>Entry types: {@link dev.sirocco.cli.sdk.SdkInstallation}, which finds an SDK and says what it is; {@link
 * dev.sirocco.cli.sdk.SdkLaunch}, which starts the same command in a Java virtual machine of it; {@link
 * dev.sirocco.cli.sdk.SdkProcess}, by which a process knows that it is such a one.
 *
 * <p>Invariants: the jars of the embedded runtime and of its API are left off the class path there, and all others are
 * the same; a kernel that does not compile fails, and never runs as sequential Java instead.
 *
 * <p>What stays out: the SDK's devices, which {@link dev.sirocco.cli.device} lists.
 */
package dev.sirocco.cli.sdk;
