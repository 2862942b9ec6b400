package dev.sirocco.cli.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstalledSdkTest {
    private static List<ListedDevice> parse(String json) throws IOException {
        return InstalledSdk.parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsWhatTheCommandWrites() throws IOException {
        assertEquals(
                List.of(new ListedDevice(
                        "tornadovm:0:1",
                        "tornadovm",
                        "tornadovm",
                        "gpu",
                        "CUDA",
                        "NVIDIA",
                        "a GPU",
                        "PTX",
                        8_000_000_000L,
                        2_000_000_000L,
                        49_152,
                        1024,
                        7,
                        false,
                        true,
                        true)),
                parse("""
                        {"devices":[{"id":"tornadovm:0:1","runtime":"tornadovm","kind":"gpu","platform":"CUDA","vendor":"NVIDIA","name":"a GPU","version":"PTX",
                        "memory_bytes":8000000000,"max_allocation_bytes":2000000000,"local_memory_bytes":49152,"max_work_group_size":1024,"compute_units":7,
                        "zero_copy":false,"fp16":true,"fp64":true,
                        "default":true,"profile":{"sources":["default"],"prefill_chunk":256}}],"absent":[]}"""));
        assertEquals(List.of(), parse("{\"devices\":[],\"absent\":[]}"));
    }

    @Test
    void anythingElseIsNoList() {
        assertThrows(IOException.class, () -> parse(""));
        assertThrows(IOException.class, () -> parse("{}"));
        assertThrows(IOException.class, () -> parse("Exception in thread"));
    }
}
