package dev.sirocco.runtime;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.ir.KernelException;
import org.junit.jupiter.api.Test;

/** The contract on Mesa's rusticl, whose compiler is another one, and which has no double precision. */
final class RusticlDeviceTest extends DeviceContract {
    @Override
    String id() {
        return OpenClPlatform.RUSTICL.device("opencl");
    }

    @Override
    boolean copiesWhatTheHostWrites() {
        return true;
    }

    @Override
    @Test
    void passesScalarsOfEveryType() {
        String id = id();
        KernelException refused = assertThrows(KernelException.class, super::passesScalarsOfEveryType);
        assertTrue(refused.getMessage().contains("double"), id + ": " + refused.getMessage());
    }
}
