package dev.sirocco.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.RecordingRuntime;

class InstalledRuntimeTest {
    private static final ServiceLoader.Provider<RuntimeProvider> RECORDING = new ServiceLoader.Provider<>() {
        @Override
        public Class<? extends RuntimeProvider> type() {
            return RecordingRuntime.class;
        }

        @Override
        public RuntimeProvider get() {
            return new RecordingRuntime();
        }
    };

    @Test
    void isTheOneRuntimeOnTheClassPath() {
        assertSame(RuntimeProvider.installed(), RuntimeProvider.installed());
        assertNotNull(InstalledRuntime.choose(List.of(RECORDING)).found());
    }

    @Test
    void namesTheMissingModule() {
        InstalledRuntime none = InstalledRuntime.choose(List.of());
        assertNull(none.found());
        assertEquals("There is no runtime for task graphs: tornado-runtime is not on the class path", none.problem());
    }

    @Test
    void namesAllRuntimesWhenThereIsMoreThanOne() {
        InstalledRuntime two = InstalledRuntime.choose(List.of(RECORDING, RECORDING));
        String name = RecordingRuntime.class.getName();
        assertNull(two.found());
        assertEquals(
                "There is more than one runtime for task graphs on the class path, leave one: " + name + ", " + name,
                two.problem());
    }
}
