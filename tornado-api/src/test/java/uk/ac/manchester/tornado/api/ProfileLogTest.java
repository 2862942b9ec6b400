package uk.ac.manchester.tornado.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.spi.ExecutionProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileLogTest {
    @Test
    void escapesNames() {
        String json = ProfileLog.json(List.of(new ExecutionProfile("a\"\\\n", 1, 0, 0, 0, 0, 0, 0, Map.of())));
        assertTrue(json.contains("\"a\\\"\\\\\\u000a\": {"), json);
    }

    @Test
    void separatesGraphsByCommas() {
        ExecutionProfile first = new ExecutionProfile("first", 1, 0, 0, 0, 0, 0, 0, Map.of("t", 9L));
        ExecutionProfile second = new ExecutionProfile("second", 2, 0, 0, 0, 0, 0, 0, Map.of());
        String json = ProfileLog.json(List.of(first, second));
        assertTrue(json.contains("        }\n    },\n    \"second\": {\n"), json);
        assertEquals(3, json.chars().filter(c -> c == '}').count() - 1);
    }
}
