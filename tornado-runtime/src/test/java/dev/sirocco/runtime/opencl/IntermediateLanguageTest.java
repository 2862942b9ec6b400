package dev.sirocco.runtime.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.driver.KernelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Which devices are given SPIR-V. */
class IntermediateLanguageTest {
    @ParameterizedTest
    @CsvSource({
        "'', false",
        "SPIR-V_1.0, false",
        "SPIR-V_1.0 SPIR-V_1.1, false",
        "SPIR-V_1.2, true",
        "SPIR-V_1.0 SPIR-V_1.4, true",
        "SPIR-V_2.0, true",
        "SPIR_1.2, false",
    })
    void modulesOfVersion12NeedADeviceOfThatOrALaterOne(String versions, boolean includes) {
        assertEquals(includes, IntermediateLanguage.includes(versions));
    }

    @Test
    void aDeviceWithoutItIsNamedWithTheReason() {
        OpenClDevice pocl = TestDevices.copyingPocl();
        TornadoRuntimeException refused =
                assertThrows(TornadoRuntimeException.class, () -> pocl.useFormat(KernelFormat.SPIRV));
        assertTrue(
                refused.getMessage()
                        .startsWith("The device " + pocl.opencl().subject() + " takes no SPIR-V 1.2: its"
                                + " driver was built without SPIR-V; use OpenCL C for it"),
                refused::getMessage);
    }

    @Test
    void noDeviceOfOpenClTakesWhatIsForOthers() {
        OpenClDevice pocl = TestDevices.copyingPocl();
        TornadoRuntimeException refused =
                assertThrows(TornadoRuntimeException.class, () -> pocl.useFormat(KernelFormat.PTX));
        assertTrue(refused.getMessage().endsWith("takes no ptx; it takes opencl-c, or spirv"), refused::getMessage);
    }
}
