package dev.sirocco.model.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static void assertPrints(String expected, String text) {
        assertEquals(expected, JsonPrinter.print(Json.parse(text)));
    }

    @Test
    void valuesArePrintedAsPythonPrintsThem() {
        // Each right side is json.dumps(json.loads(left), ensure_ascii=False) of Python 3.11.
        assertPrints("{\"b\": [1, 2.5, true, null], \"a\": {}}", "{\"b\":[1,2.5,true,null],\"a\":{}}");
        assertPrints(
                "\"日本 é 🙂 \\\" \\\\ / \\n\\t\\u0001\u007f\"",
                "\"日本 \\u00e9 \\ud83d\\ude42 \\\" \\\\ \\/ \\n\\t\\u0001\u007f\"");
        assertPrints(
                "[100000.0, 1e+16, 1.5e-07, 0.0001, 1e-05, -0.0, 0, 1234567.0]",
                "[1e5, 1E16, 1.5e-7, 1e-4, 0.00001, -0.0, -0, 1234567.0]");
        assertPrints(
                "[123456789012345678901234567890, 1.7976931348623157e+308]",
                "[123456789012345678901234567890, 1.7976931348623157e308]");
        assertPrints("{\"a\": 2}", "{\"a\":1,\"a\":2}");
    }

    @Test
    void readersAskForWhatTheyExpect() {
        Json json = Json.parse("{\"text\": \"t\", \"number\": 7, \"none\": null, \"list\": [1]}");
        assertEquals("t", json.find("text").flatMap(Json::text).orElseThrow());
        assertEquals(OptionalLong.of(7), json.find("number").orElseThrow().integer());
        assertTrue(json.find("none").isEmpty());
        assertTrue(json.find("other").isEmpty());
        assertEquals(
                List.of(new Json.Number("1")), json.find("list").orElseThrow().elements());
        assertEquals(OptionalLong.empty(), Json.parse("1.5").integer());
        assertEquals(OptionalLong.empty(), Json.parse("99999999999999999999").integer());
    }

    @Test
    void whatIsNoJsonIsRefusedInOneLine() {
        for (String text : List.of("", "{", "[1,]", "{\"a\"}", "1 2", "nul", "\"a\nb\"", "[".repeat(100_000))) {
            String message =
                    assertThrows(JsonException.class, () -> Json.parse(text)).getMessage();
            assertTrue(message.lines().count() == 1 && message.length() < 300, message);
        }
    }
}
