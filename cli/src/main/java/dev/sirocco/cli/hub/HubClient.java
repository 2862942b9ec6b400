package dev.sirocco.cli.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Asks a hub, over HTTPS. Follows redirects itself, so that the token goes to nobody else. */
final class HubClient implements AutoCloseable {
    private static final URI PUBLIC_HUB = URI.create("https://huggingface.co");
    private static final int MAX_REDIRECTS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI base;
    private final Optional<String> token;
    private final Duration patience;
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    /** @param patience how long to wait for an answer, and for the next bytes of one */
    HubClient(URI base, Optional<String> token, Duration patience) {
        this.base = base;
        this.token = token;
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }

    /**
     * {@return a client for the hub that {@code HF_ENDPOINT} names, or the public one, with the token of {@code
     * HF_TOKEN}}
     */
    static HubClient of(Map<String, String> environment) {
        String endpoint = environment.getOrDefault("HF_ENDPOINT", "").replaceAll("/+$", "");
        String token = environment.getOrDefault("HF_TOKEN", "").strip();
        URI base;
        try {
            base = endpoint.isEmpty() ? PUBLIC_HUB : URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw new HubException("HF_ENDPOINT: is no URL; set it to one like " + PUBLIC_HUB, e);
        }
        boolean loopback = base.getHost() != null && base.getHost().matches("localhost|127\\.0\\.0\\.1|\\[::1]");
        if (base.getHost() == null || !base.getScheme().matches("https?")) {
            throw new HubException("HF_ENDPOINT: is no URL of a hub; set it to one like " + PUBLIC_HUB);
        }
        if (base.getScheme().equals("http") && !token.isEmpty() && !loopback) {
            throw new HubException("HF_ENDPOINT: HF_TOKEN would be sent in clear to it; use https, or unset HF_TOKEN");
        }
        if (!token.matches("[\\x21-\\x7e]*")) {
            throw new HubException("HF_TOKEN: is no token; set it to what the hub shows under its settings");
        }
        return new HubClient(base, token.isEmpty() ? Optional.empty() : Optional.of(token), PATIENCE);
    }

    /**
     * A response whose status is not a redirection. The body is open.
     *
     * @param linkedTag the checksum that the hub gave with its redirection, or empty
     */
    record Answer(HttpResponse<InputStream> response, Optional<String> linkedTag) implements AutoCloseable {
        int status() {
            return response.statusCode();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }
    }

    /**
     * Asks for a path of the hub.
     *
     * @param from the first byte that is wanted; 0 for all
     * @throws IOException when nobody answers
     */
    Answer get(String path, long from) throws IOException, InterruptedException {
        URI target = URI.create(base + path);
        Optional<String> linkedTag = Optional.empty();
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(target)
                    .timeout(patience)
                    .header("User-Agent", "sirocco")
                    .header("Accept-Encoding", "identity");
            if (isHub(target)) {
                token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
            }
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
            }
            HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return new Answer(response, linkedTag);
            }
            response.body().close();
            linkedTag = response.headers()
                    .firstValue("X-Linked-ETag")
                    .or(() -> response.headers().firstValue("ETag"))
                    .filter(_ -> isHub(response.uri()));
            target = redirected(target, location.get());
        }
        throw new HubException(base + path + ": leads round in a circle of redirections; try again later");
    }

    private static URI redirected(URI from, String location) {
        try {
            URI target = from.resolve(location);
            boolean allowed = target.getHost() != null
                    && ("https".equals(target.getScheme())
                            || "http".equals(target.getScheme()) && "http".equals(from.getScheme()));
            if (allowed) {
                return target;
            }
        } catch (IllegalArgumentException _) {
            // Reported with the others.
        }
        throw new HubException(from.getHost() + ": redirects to something that is no https URL; try again later");
    }

    private boolean isHub(URI target) {
        return base.getScheme().equals(target.getScheme())
                && base.getHost().equalsIgnoreCase(target.getHost())
                && base.getPort() == target.getPort();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
