package dev.sirocco.cli.hub;

import dev.sirocco.model.json.Json;
import dev.sirocco.model.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings a model from the hub to the cache. */
public final class Pull implements AutoCloseable {
    private static final int MAX_LISTING_BYTES = 32 << 20;

    private final HubClient client;
    private final ModelCache cache;
    private final Attempts attempts;
    private final TransferListener listener;

    /** @param firstWaitMillis how long to wait after a first failure; later ones wait longer */
    Pull(HubClient client, ModelCache cache, TransferListener listener, long firstWaitMillis) {
        this.client = client;
        this.cache = cache;
        this.listener = listener;
        this.attempts = new Attempts(listener, firstWaitMillis);
    }

    /** {@return a pull with the hub, the token and the folder that environment variables name} */
    public static Pull of(Map<String, String> environment, TransferListener listener) {
        return new Pull(HubClient.of(environment), ModelCache.of(environment), listener, 1000);
    }

    /**
     * Downloads what of a model is not there yet.
     *
     * @return the model's file, or the first of its parts
     * @throws HubException when that is not possible, or it is unclear which model is meant
     */
    public Path pull(HubName name) throws InterruptedException {
        List<HubFile> files = list(name);
        FileChoice choice = new FileChoice(files.stream().map(HubFile::path).toList());
        List<String> wanted = choice.choose(name.file())
                .orElseThrow(() -> new HubException(name + ": "
                        + (choice.names().isEmpty()
                                ? "the repository has no GGUF files; pull another, or convert its safetensors"
                                : "say which by " + name.repositoryAndRevision() + ":FILE; there are "
                                        + String.join(", ", choice.names()))));
        if (name.file().isEmpty() && choice.names().size() > 1) {
            listener.chosen(wanted.getFirst(), choice.names());
        }
        List<HubFile> chosen =
                files.stream().filter(file -> wanted.contains(file.path())).toList();
        Path folder = cache.repository(name);
        List<Download> downloads = new ArrayList<>();
        for (HubFile file : chosen) {
            downloads.add(new Download(client, name, file, folder.resolve(file.path()), listener));
        }
        Download.requireSpace(cache.folder(), downloads);
        for (Download download : downloads) {
            download.run(attempts);
        }
        return folder.resolve(wanted.getFirst());
    }

    private List<HubFile> list(HubName name) throws InterruptedException {
        String listing = attempts.until(name.repositoryAndRevision(), () -> {
            try (HubClient.Answer answer = client.get(name.listing(), 0)) {
                Status.require(answer, name.repositoryAndRevision());
                byte[] bytes = answer.response().body().readNBytes(MAX_LISTING_BYTES);
                return new String(bytes, StandardCharsets.UTF_8);
            }
        });
        try {
            List<HubFile> files = new ArrayList<>();
            for (Json file :
                    Json.parse(listing).find("siblings").map(Json::elements).orElse(List.of())) {
                String path = file.find("rfilename").flatMap(Json::text).orElse("");
                // What has a name that could lead elsewhere is not offered.
                if (HubName.isPath(path)) {
                    Optional<Json> lfs = file.find("lfs");
                    files.add(new HubFile(
                            path,
                            file.find("size")
                                    .map(size -> size.integer().orElse(-1))
                                    .orElse(-1L),
                            lfs.flatMap(l -> l.find("sha256"))
                                    .flatMap(Json::text)
                                    .flatMap(Status::sha256)));
                }
            }
            return files;
        } catch (JsonException e) {
            throw new HubException(
                    name.repositoryAndRevision()
                            + ": the hub answered something other than a list of files; is HF_ENDPOINT right?",
                    e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
