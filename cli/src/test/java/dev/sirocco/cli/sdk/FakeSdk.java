package dev.sirocco.cli.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of an SDK that are looked at before it is started. */
final class FakeSdk {
    private FakeSdk() {}

    /** {@return the folder, in which everything is written anew} */
    static Path in(Path home, String version, String backends) throws IOException {
        Path exports = Files.createDirectories(home.resolve("etc/exportLists"));
        Files.writeString(home.resolve("etc/tornado.release"), "version=" + version + "\nbranch=master\n");
        Files.writeString(home.resolve("etc/tornado.backend"), "tornado.backends=" + backends + "\n");
        for (String name : new String[] {"common", "opencl", "ptx", "spirv"}) {
            Files.writeString(exports.resolve(name + "-exports"), "");
        }
        return home;
    }
}
