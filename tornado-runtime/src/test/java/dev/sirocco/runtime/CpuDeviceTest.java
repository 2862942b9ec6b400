package dev.sirocco.runtime;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.ir.KernelException;
import org.junit.jupiter.api.Test;

/** The contract on the {@code cpu} device, which shares the host's memory and has no work-groups. */
final class CpuDeviceTest extends DeviceContract {
    @Override
    String id() {
        return "cpu";
    }

    @Override
    void reducesInLocalMemoryBetweenBarriers(int groupSize) {
        assertNoWorkGroups(() -> super.reducesInLocalMemoryBetweenBarriers(groupSize));
    }

    @Override
    @Test
    void keepsLocalArraysApart() {
        assertNoWorkGroups(super::keepsLocalArraysApart);
    }

    @Override
    @Test
    void multipliesHalvesInLocalMemory() {
        assertNoWorkGroups(super::multipliesHalvesInLocalMemory);
    }

    @Override
    @Test
    void followsGridsThatChangeBetweenExecutions() {
        assertNoWorkGroups(super::followsGridsThatChangeBetweenExecutions);
    }

    private static void assertNoWorkGroups(org.junit.jupiter.api.function.Executable contract) {
        KernelException refused = assertThrows(KernelException.class, contract);
        assertTrue(refused.getMessage().contains("no work-groups"), refused::getMessage);
    }
}
