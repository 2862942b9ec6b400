package dev.sirocco.cli.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A hub on the loopback interface, and a second server to which it redirects. Each request for a file's bytes takes the
 * next fault from a queue; when there is none, it is answered as it should be.
 */
final class FakeHub implements AutoCloseable {
    /** What a server does with one request for bytes. */
    interface Fault {
        void answer(HttpExchange exchange, byte[] bytes, int from) throws IOException;
    }

    final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    final Queue<Integer> listingStatuses = new ArrayDeque<>();
    final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private final Map<String, byte[]> files = new TreeMap<>();
    private final HttpServer hub = server();
    private final HttpServer store = server();
    String location;
    String announcedSum;

    FakeHub() {
        hub.createContext("/api/models/o/m", this::list);
        hub.createContext("/o/m/resolve/", this::redirect);
        store.createContext("/", this::serve);
        for (HttpServer server : List.of(hub, store)) {
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
        }
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FakeHub file(String path, byte[] bytes) {
        files.put(path, bytes);
        return this;
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    /** The other name of the loopback interface is another host to a client. */
    private String store() {
        return "http://localhost:" + store.getAddress().getPort();
    }

    private void note(String server, HttpExchange exchange) {
        seen.add(server + " " + exchange.getRequestURI().getRawPath() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " "
                + exchange.getRequestHeaders().getFirst("Range"));
    }

    private void list(HttpExchange exchange) throws IOException {
        note("hub", exchange);
        Integer status = listingStatuses.poll();
        String listing = files.entrySet().stream()
                .map(file -> "{\"rfilename\":\"%s\",\"size\":%d,\"lfs\":{\"sha256\":\"%s\"}}"
                        .formatted(file.getKey(), file.getValue().length, sum(file.getValue())))
                .collect(Collectors.joining(",", "{\"siblings\":[", "]}"));
        byte[] bytes = listing.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status == null ? 200 : status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void redirect(HttpExchange exchange) throws IOException {
        note("hub", exchange);
        String path = exchange.getRequestURI().getRawPath().replaceFirst("/o/m/resolve/[^/]+/", "");
        exchange.getResponseHeaders().set("X-Linked-ETag", '"' + sum(files.get(path)) + '"');
        exchange.getResponseHeaders().set("Location", location == null ? store() + "/" + path : location);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        note("store", exchange);
        byte[] bytes = files.get(exchange.getRequestURI().getPath().substring(1));
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        Fault fault = faults.poll();
        try (exchange) {
            (fault == null ? (Fault) FakeHub::rest : fault).answer(exchange, bytes, from);
        }
    }

    /** What a server should do. */
    static void rest(HttpExchange exchange, byte[] bytes, int from) throws IOException {
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
        exchange.getResponseBody().write(bytes, from, bytes.length - from);
    }

    private String sum(byte[] bytes) {
        try {
            return announcedSum != null
                    ? announcedSum
                    : HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        hub.stop(0);
        store.stop(0);
    }
}
