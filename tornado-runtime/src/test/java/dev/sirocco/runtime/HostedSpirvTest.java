package dev.sirocco.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sirocco.runtime.hosted.SpirvTranslator;
import org.junit.jupiter.api.BeforeEach;

/** The contract on SPIR-V modules, translated back and run by the host. */
final class HostedSpirvTest extends DeviceContract {
    @BeforeEach
    void needsTheTranslator() {
        assumeTrue(SpirvTranslator.find().isPresent(), SpirvTranslator.REMEDY);
    }

    @Override
    String id() {
        return "hosted:spirv";
    }
}
