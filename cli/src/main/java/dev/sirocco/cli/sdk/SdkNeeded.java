package dev.sirocco.cli.sdk;

/** The command that was given needs a TornadoVM SDK, and this process does not run on one: start it again there. */
public final class SdkNeeded extends RuntimeException {
    public SdkNeeded() {
        super("this command runs on a TornadoVM SDK", null, false, false);
    }
}
