package dev.sirocco.tasks;

import java.io.PrintStream;
import java.util.Arrays;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests without Maven, on machines that have only a Java runtime and a device: classes by their names. */
public final class Suites implements TestExecutionListener {
    private final PrintStream out;
    private int passed;
    private int failed;
    private int skipped;

    private Suites(PrintStream out) {
        this.out = out;
    }

    /** Writes a line for each failure and one with the numbers; exits with 1 when a test fails or there is none. */
    public static void main(String... classes) {
        Suites suites = new Suites(System.out);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(classes)
                        .map(DiscoverySelectors::selectClass)
                        .toList())
                .build();
        LauncherFactory.create().execute(request, suites);
        suites.out.printf("%d passed, %d failed, %d skipped%n", suites.passed, suites.failed, suites.skipped);
        System.exit(suites.failed > 0 || suites.passed == 0 ? 1 : 0);
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped++;
    }

    /** A class that fails before its tests counts as one that failed. */
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        switch (result.getStatus()) {
            case SUCCESSFUL -> passed += test.isTest() ? 1 : 0;
            case ABORTED -> skipped++;
            case FAILED -> {
                failed++;
                String why = result.getThrowable().map(Throwable::toString).orElse("");
                out.println("FAILED " + test.getUniqueId() + ": "
                        + why.lines().findFirst().orElse(""));
            }
        }
    }
}
