package dev.sirocco.runtime;

import dev.sirocco.runtime.hosted.SpirvTranslator;
import org.junit.jupiter.api.Assumptions;

/** The contract on PoCL when it is given SPIR-V modules, through the driver as a device that takes them is. */
final class PoclSpirvTest extends DeviceContract {
    @Override
    String id() {
        Assumptions.assumeTrue(SpirvTranslator.find().isPresent(), SpirvTranslator.REMEDY);
        return OpenClPlatform.POCL.device("spirv");
    }

    @Override
    boolean copiesWhatTheHostWrites() {
        return true;
    }
}
