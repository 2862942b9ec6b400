package dev.sirocco.cli.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from a hub on the loopback interface, which does what networks do. */
final class PullTest implements TransferListener {
    @TempDir
    private Path folder;

    private final FakeHub hub = new FakeHub();
    private final byte[] bytes = new byte[1_000_000];
    private final List<String> events = new ArrayList<>();

    PullTest() {
        new Random(1).nextBytes(bytes);
        hub.file("m.Q4_K_M.gguf", bytes).file("README.md", new byte[3]);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private Path pull(String name) throws InterruptedException {
        HubClient client = new HubClient(hub.base(), Optional.of("secret"), Duration.ofMillis(700));
        try (Pull pull = new Pull(client, new ModelCache(folder), this, 1)) {
            return pull.pull(HubName.parse(name).orElseThrow());
        }
    }

    private void pullsSoundly() throws Exception {
        Path file = pull("o/m");
        assertEquals(folder.resolve("o/m/m.Q4_K_M.gguf"), file);
        assertArrayEquals(bytes, Files.readAllBytes(file));
        try (Stream<Path> left = Files.list(file.getParent())) {
            assertEquals(List.of(file), left.toList());
        }
    }

    private void fails(String name, String beginning) {
        String message = assertThrows(HubException.class, () -> pull(name)).getMessage();
        assertTrue(message.startsWith(beginning), message);
        assertEquals(1, message.lines().count());
        assertFalse(Files.exists(folder.resolve("o/m/m.Q4_K_M.gguf")));
    }

    @Test
    void theTokenGoesToTheHubAlone() throws Exception {
        pullsSoundly();
        assertEquals(
                List.of(
                        "hub /api/models/o/m Bearer secret null",
                        "hub /o/m/resolve/main/m.Q4_K_M.gguf Bearer secret null",
                        "store /m.Q4_K_M.gguf null null"),
                hub.seen);
    }

    @Test
    void whatIsThereIsNotPulledAgain() throws Exception {
        pullsSoundly();
        hub.seen.clear();
        pullsSoundly();
        assertEquals(1, hub.seen.size());
    }

    @Test
    void aTransferThatBreaksOffGoesOnWhereItWas() throws Exception {
        for (int i = 0; i < 7; i++) {
            hub.faults.add((exchange, all, from) -> {
                exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-999999/1000000");
                exchange.sendResponseHeaders(from > 0 ? 206 : 200, all.length - from);
                exchange.getResponseBody().write(all, from, 100_000);
                exchange.getResponseBody().flush();
            });
        }
        pullsSoundly();
        // What lies in buffers when a connection ends is lost.
        assertTrue(hub.seen.getLast().matches(".* bytes=[67]\\d{5}-"), hub.seen.getLast());
    }

    @Test
    void anotherProcessGoesOnWhereOneStopped() throws Exception {
        for (int i = 0; i < 6; i++) {
            hub.faults.add((exchange, all, from) -> {
                if (from == 0) {
                    exchange.sendResponseHeaders(200, all.length);
                    exchange.getResponseBody().write(all, 0, 300_000);
                    exchange.getResponseBody().flush();
                } else {
                    exchange.sendResponseHeaders(503, -1);
                }
            });
        }
        fails("o/m", "o/m:m.Q4_K_M.gguf: the hub answered with status 503, 5 times in a row; try again later");
        hub.faults.clear();
        events.clear();
        pullsSoundly();
        assertTrue(events.getFirst().matches("begun m.Q4_K_M.gguf 1000000 (2\\d{5}|300000)"), events.getFirst());
    }

    @Test
    void anotherFileOnTheHubIsNotJoinedWithWhatWasBegun() throws Exception {
        for (int i = 0; i < 6; i++) {
            hub.faults.add((exchange, all, from) -> {
                exchange.sendResponseHeaders(from > 0 ? 503 : 200, from > 0 ? -1 : all.length);
                exchange.getResponseBody().write(all, 0, from > 0 ? 0 : 300_000);
            });
        }
        fails("o/m", "o/m:m.Q4_K_M.gguf: the hub answered with status 503");
        hub.faults.clear();
        bytes[5]++;
        assertArrayEquals(bytes, Files.readAllBytes(pull("o/m")));
    }

    @Test
    void aHubThatIgnoresRangesIsReadFromTheBeginning() throws Exception {
        hub.faults.add((exchange, all, from) -> {
            exchange.sendResponseHeaders(200, all.length);
            exchange.getResponseBody().write(all, 0, 1000);
            exchange.getResponseBody().flush();
        });
        hub.faults.add((exchange, all, from) -> FakeHub.rest(exchange, all, 0));
        pullsSoundly();
    }

    @Test
    void anotherRangeThanTheOneAskedForIsRefused() throws Exception {
        hub.faults.add((exchange, all, from) -> {
            exchange.sendResponseHeaders(200, all.length);
            exchange.getResponseBody().write(all, 0, 1000);
            exchange.getResponseBody().flush();
        });
        hub.faults.add((exchange, all, from) -> FakeHub.rest(exchange, all, from + 7));
        hub.faults.add((exchange, all, from) -> exchange.sendResponseHeaders(416, -1));
        pullsSoundly();
    }

    @Test
    void wrongLengthsAreNotBelieved() throws Exception {
        hub.faults.add((exchange, all, from) -> FakeHub.rest(exchange, Arrays.copyOf(all, all.length + 9), from));
        hub.faults.add((exchange, all, from) -> FakeHub.rest(exchange, Arrays.copyOf(all, all.length - 9), from));
        pullsSoundly();
    }

    @Test
    void aTransferThatStandsStillIsBrokenOff() throws Exception {
        hub.faults.add((exchange, all, from) -> {
            exchange.sendResponseHeaders(200, all.length);
            exchange.getResponseBody().write(all, 0, 400_000);
            exchange.getResponseBody().flush();
            try {
                Thread.sleep(3000);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        pullsSoundly();
        assertTrue(events.toString().contains("nothing arrived"), events.toString());
    }

    @Test
    void corruptDataIsFoundAndRemoved() throws Exception {
        hub.faults.add((exchange, all, from) -> {
            byte[] corrupt = all.clone();
            corrupt[777]++;
            FakeHub.rest(exchange, corrupt, from);
        });
        fails("o/m", "o/m:m.Q4_K_M.gguf: what was received has the SHA-256 ");
        pullsSoundly();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void forbiddenModelsSayWhatToDo(int status) {
        hub.listingStatuses.add(status);
        fails("o/m", "o/m: may not be read (status " + status + "); set HF_TOKEN");
    }

    @Test
    void missingModelsAreNamed() {
        hub.listingStatuses.add(404);
        fails("o/m", "o/m: is not on the hub (status 404); check the name");
        hub.faults.add((exchange, all, from) -> exchange.sendResponseHeaders(404, -1));
        fails("o/m", "o/m:m.Q4_K_M.gguf: is not on the hub (status 404)");
    }

    @Test
    void aBusyHubIsAskedAgainButNotForEver() throws Exception {
        hub.listingStatuses.addAll(List.of(429, 500, 502, 503));
        pullsSoundly();
        Files.delete(folder.resolve("o/m/m.Q4_K_M.gguf"));
        hub.listingStatuses.addAll(List.of(429, 500, 502, 503, 504));
        fails("o/m", "o/m: the hub answered with status 504, 5 times in a row");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://localhost/x", "http://", "::"})
    void redirectionsToOtherThingsAreRefused(String location) {
        hub.location = location;
        fails("o/m", "127.0.0.1: redirects to something that is no https URL");
    }

    @Test
    void redirectionsInACircleEnd() {
        hub.location = "/o/m/resolve/main/m.Q4_K_M.gguf";
        fails("o/m", hub.base() + "/o/m/resolve/main/m.Q4_K_M.gguf: leads round in a circle");
    }

    @Test
    void theUsualTypeIsTakenAndTheOthersAreNamed() throws Exception {
        hub.file("m.Q8_0.gguf", new byte[10]).file("m.Q4_K_S.gguf", new byte[10]);
        pull("o/m");
        assertEquals("chosen m.Q4_K_M.gguf of [m.Q4_K_M.gguf, m.Q4_K_S.gguf, m.Q8_0.gguf]", events.getFirst());
        assertEquals(10, Files.size(pull("o/m:q8_0")));
        refused("o/m:Q9", "o/m:Q9: say which by o/m:FILE; there are m.Q4_K_M.gguf, m.Q4_K_S.gguf, m.Q8_0.gguf");
    }

    private void refused(String name, String message) {
        assertEquals(message, assertThrows(HubException.class, () -> pull(name)).getMessage());
    }

    @Test
    void splitFilesArePulledTogetherAndFoundByTheirName() throws Exception {
        hub.file("q8/m.Q8_0-00001-of-00002.gguf", new byte[10]).file("q8/m.Q8_0-00002-of-00002.gguf", new byte[20]);
        Path first = pull("o/m:Q8_0");
        assertEquals(folder.resolve("o/m/q8/m.Q8_0-00001-of-00002.gguf"), first);
        assertEquals(20, Files.size(folder.resolve("o/m/q8/m.Q8_0-00002-of-00002.gguf")));
        ModelCache cache = new ModelCache(folder);
        assertEquals(first, cache.find(HubName.parse("o/m:Q8_0").orElseThrow()).orElseThrow());
        assertEquals(first, cache.find(HubName.parse("o/m").orElseThrow()).orElseThrow());
        assertTrue(cache.find(HubName.parse("o/m:Q2_K").orElseThrow()).isEmpty());
        assertTrue(cache.find(HubName.parse("o/other").orElseThrow()).isEmpty());
    }

    @Test
    void revisionsLieBesideTheMainBranch() throws Exception {
        Path main = pull("o/m");
        hub.seen.clear();
        Path tag = pull("o/m@v1.0:Q4_K_M");
        assertEquals(folder.resolve("o/m@v1.0/m.Q4_K_M.gguf"), tag);
        assertEquals("hub /api/models/o/m/revision/v1.0 Bearer secret null", hub.seen.get(0));
        assertEquals("hub /o/m/resolve/v1.0/m.Q4_K_M.gguf Bearer secret null", hub.seen.get(1));
        hub.seen.clear();
        Path request = pull("o/m@refs/pr/1");
        assertEquals(folder.resolve("o/m@refs%2Fpr%2F1/m.Q4_K_M.gguf"), request);
        assertEquals("hub /api/models/o/m/revision/refs%2Fpr%2F1 Bearer secret null", hub.seen.get(0));
        ModelCache cache = new ModelCache(folder);
        for (Map.Entry<String, Path> pulled : Map.of("o/m", main, "o/m@v1.0", tag, "o/m@refs/pr/1:Q4_K_M", request)
                .entrySet()) {
            HubName name = HubName.parse(pulled.getKey()).orElseThrow();
            assertEquals(pulled.getValue(), cache.find(name).orElseThrow());
            assertEquals(pulled.getKey(), name.toString());
        }
        assertTrue(cache.find(HubName.parse("o/m@v2").orElseThrow()).isEmpty());
        hub.listingStatuses.add(404);
        refused("o/m@v2", "o/m@v2: is not on the hub (status 404); check the name");
    }

    @Test
    void namesThatLeadElsewhereAreNotOffered() {
        for (String path :
                List.of("../x.gguf", "/x.gguf", "a/../../x.gguf", "a\\\\x.gguf", ".hidden.gguf", "a//x.gguf")) {
            hub.file(path, new byte[1]);
        }
        refused("o/m:Q9", "o/m:Q9: say which by o/m:FILE; there are m.Q4_K_M.gguf");
        for (String name : List.of(
                "o",
                "o/m/x",
                "../m",
                "o/..",
                "o/m:../x",
                "o/m:/x",
                "/o/m",
                "o/m:",
                "o m/x",
                "o/m:a b",
                "o/m@",
                "o/m@..",
                "o/m@../x",
                "o/m@a:",
                "o/m@a@b",
                "o/m@a//b",
                "o/m@a b",
                "o@a/m")) {
            assertTrue(HubName.parse(name).isEmpty(), name);
        }
    }

    @Test
    void somethingOtherThanAListIsRefused() throws IOException {
        hub.file("\\", new byte[0]);
        fails("o/m", "o/m: the hub answered something other than a list of files");
    }

    @Test
    void theEnvironmentNamesHubTokenAndFolder() {
        assertEquals(
                Path.of("/c/sirocco/models"),
                ModelCache.of(Map.of("XDG_CACHE_HOME", "/c")).folder());
        for (Map<String, String> bad : List.of(
                Map.of("HF_ENDPOINT", "nonsense"),
                Map.of("HF_ENDPOINT", "ftp://x"),
                Map.of("HF_ENDPOINT", "http://example.org", "HF_TOKEN", "t"))) {
            String message =
                    assertThrows(HubException.class, () -> HubClient.of(bad)).getMessage();
            assertTrue(message.startsWith("HF_ENDPOINT: "), message);
        }
        assertThrows(HubException.class, () -> HubClient.of(Map.of("HF_TOKEN", "a\nb")));
        HubClient.of(Map.of("HF_ENDPOINT", "https://hub.example/", "HF_TOKEN", "t"))
                .close();
    }

    @Override
    public void chosen(String file, List<String> all) {
        events.add("chosen " + file + " of " + all);
    }

    @Override
    public void begun(String file, long sizeBytes, long alreadyThere) {
        events.add("begun " + file + " " + sizeBytes + " " + alreadyThere);
    }

    @Override
    public void received(long count) {}

    @Override
    public void retried(String reason, long waitMillis) {
        events.add(reason);
    }

    @Override
    public void checking(String file) {}

    @Override
    public void done(String file) {}
}
