package dev.sirocco.cli.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Downloads one file, going on where an earlier process stopped. */
final class Download {
    private static final int PIECE_BYTES = 1 << 18;

    private final HubClient client;
    private final HubName name;
    private final HubFile file;
    private final Path target;
    private final TransferListener listener;
    private Optional<String> sha256;

    Download(HubClient client, HubName name, HubFile file, Path target, TransferListener listener) {
        this.client = client;
        this.name = name;
        this.file = file;
        this.target = target;
        this.listener = listener;
        this.sha256 = file.sha256();
    }

    /** The name says which contents are meant, so that parts of different ones are never joined. */
    private Path partial() {
        String version = file.sha256().map(sum -> sum.substring(0, 16)).orElse("unknown");
        return target.resolveSibling("." + target.getFileName() + "." + version + ".partial");
    }

    /**
     * Checks that a device has room for what is still to be received.
     *
     * @throws HubException when it has not
     */
    static void requireSpace(Path folder, List<Download> downloads) {
        try {
            Files.createDirectories(folder);
            long needed = 0;
            for (Download download : downloads) {
                if (!download.isThere()) {
                    long received = Files.exists(download.partial()) ? Files.size(download.partial()) : 0;
                    needed += Math.max(0, download.file.sizeBytes() - received);
                }
            }
            long free = Files.getFileStore(folder).getUsableSpace();
            if (needed > free) {
                throw new HubException(folder + ": has " + (free >> 20) + " MiB free, but " + (needed >> 20)
                        + " MiB are still to be received; free some, or set XDG_CACHE_HOME");
            }
        } catch (IOException e) {
            throw new HubException(folder + ": cannot be used: " + e.getMessage() + "; set XDG_CACHE_HOME", e);
        }
    }

    private boolean isThere() throws IOException {
        return Files.isRegularFile(target) && (file.sizeBytes() < 0 || Files.size(target) == file.sizeBytes());
    }

    /** Downloads the file unless it is there. */
    void run(Attempts attempts) throws InterruptedException {
        Path partial = partial();
        try {
            if (isThere()) {
                listener.done(file.path());
                return;
            }
            Files.createDirectories(target.getParent());
            try (FileChannel out = FileChannel.open(
                            partial, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock lock = lock(out)) {
                if (lock == null) {
                    throw new HubException(target + ": is being pulled by another process; wait for it");
                }
                if (file.sizeBytes() >= 0 && out.size() > file.sizeBytes()) {
                    out.truncate(0);
                }
                listener.begun(file.path(), file.sizeBytes(), out.size());
                attempts.until(name(), new Transfer(out));
                check(out, partial);
                out.force(true);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            listener.done(file.path());
        } catch (IOException e) {
            throw new HubException(target + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private String name() {
        return name.repositoryAndRevision() + ":" + file.path();
    }

    /** Appends what is missing. What cannot be written is no fault of the network's, and ends all attempts. */
    private final class Transfer implements Attempts.Action<Void> {
        private final FileChannel out;

        Transfer(FileChannel out) {
            this.out = out;
        }

        @Override
        public long progress() {
            try {
                return out.size();
            } catch (IOException e) {
                throw unwritable(e);
            }
        }

        @Override
        public Void run() throws IOException, InterruptedException {
            if (sha256.isEmpty()) {
                // Nothing would tell if the rest were that of another file.
                restart();
            }
            long from = progress();
            if (file.sizeBytes() > 0 && from == file.sizeBytes()) {
                return null;
            }
            try (HubClient.Answer answer = client.get(name.location(file.path()), from)) {
                if (answer.status() == 416) {
                    restart();
                    throw new Status.Transient("the hub has another file than the one that was begun", 0);
                }
                Status.require(answer, name());
                if (sha256.isEmpty()) {
                    sha256 = answer.linkedTag().flatMap(Status::sha256);
                }
                receive(answer, begin(answer, from));
            }
            return null;
        }

        /** {@return where the answer's first byte belongs} */
        private long begin(HubClient.Answer answer, long from) throws Status.Transient {
            if (answer.status() == 206) {
                String range = answer.header("Content-Range").orElse("");
                if (!range.startsWith("bytes " + from + "-")) {
                    throw new Status.Transient("the hub sent another part than the one that was asked for", 0);
                }
                return from;
            }
            if (from > 0) {
                restart();
            }
            return 0;
        }

        private void receive(HubClient.Answer answer, long begin) throws IOException {
            byte[] piece = new byte[PIECE_BYTES];
            long at = begin;
            try (InputStream in = new PatientStream(answer.response().body(), client.patience())) {
                for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                    if (file.sizeBytes() >= 0 && at + count > file.sizeBytes()) {
                        restart();
                        throw new Status.Transient("the hub sent more bytes than the file has", 0);
                    }
                    write(ByteBuffer.wrap(piece, 0, count), at);
                    at += count;
                    listener.received(count);
                }
            }
            if (file.sizeBytes() >= 0 && at < file.sizeBytes()) {
                throw new Status.Transient("the transfer ended after " + at + " of " + file.sizeBytes() + " bytes", 0);
            }
        }

        private void write(ByteBuffer bytes, long at) {
            try {
                long to = at;
                while (bytes.hasRemaining()) {
                    to += out.write(bytes, to);
                }
            } catch (IOException e) {
                throw unwritable(e);
            }
        }

        private void restart() {
            try {
                out.truncate(0);
            } catch (IOException e) {
                throw unwritable(e);
            }
        }

        private HubException unwritable(IOException e) {
            return new HubException(target + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /** What is corrupt is removed: going on with it would never end well. */
    private void check(FileChannel in, Path partial) throws IOException {
        if (sha256.isEmpty()) {
            return;
        }
        listener.checking(file.path());
        String actual = digest(in);
        if (!actual.equals(sha256.get())) {
            Files.delete(partial);
            throw new HubException(name() + ": what was received has the SHA-256 " + actual.substring(0, 12)
                    + "…, but the hub says " + sha256.get().substring(0, 12) + "…; it was removed: pull again");
        }
    }

    private static String digest(FileChannel in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
            for (long at = 0; in.read(piece, at) >= 0; piece.clear()) {
                at += piece.position();
                digest.update(piece.flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
