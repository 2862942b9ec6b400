package dev.sirocco.cli.hub;

import java.util.List;

/** Is told how a download goes. */
public interface TransferListener {
    /** Several models could be meant, and one was chosen. */
    void chosen(String file, List<String> others);

    /**
     * A file is begun, or gone on with.
     *
     * @param alreadyThere bytes that were received before
     */
    void begun(String file, long sizeBytes, long alreadyThere);

    /** More bytes are there. */
    void received(long bytes);

    /** An attempt failed, and another follows. */
    void retried(String reason, long waitMillis);

    /** The file is complete; its checksum is computed. */
    void checking(String file);

    /** The file is complete, sound and in its place. */
    void done(String file);
}
