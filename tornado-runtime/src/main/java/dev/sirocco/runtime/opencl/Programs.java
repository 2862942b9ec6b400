package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.cache.Compilations;
import dev.sirocco.runtime.cache.Digest;
import dev.sirocco.runtime.cache.KeptFiles;
import dev.sirocco.runtime.cache.Pending;
import dev.sirocco.runtime.driver.KernelBinaries;
import dev.sirocco.runtime.ir.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The programs of one context: equal sources are compiled once, in the background, and binaries are kept for the next
 * process under a name that stands for device, driver, options and text. Programs live as long as the process.
 * Thread-safe.
 */
final class Programs {
    /** A build log can be megabytes of repeated warnings. */
    private static final int MAX_LOG_CHARACTERS = 2000;

    private final OpenClNative opencl;
    private final long context;
    private final long device;
    private final String identity;
    private final KeptFiles kept;
    private final boolean mayCompile;
    private final Compilations<Long> compilations = new Compilations<>();

    /**
     * @param identity   tells device and driver apart from all others, in every version
     * @param kept       where binaries are kept
     * @param mayCompile whether kernels without a binary may be compiled
     */
    Programs(OpenClNative opencl, long context, long device, String identity, KeptFiles kept, boolean mayCompile) {
        this.opencl = opencl;
        this.context = context;
        this.device = device;
        this.identity = identity;
        this.kept = kept;
        this.mayCompile = mayCompile;
    }

    /**
     * {@return the program of a source, at once or when it is built} Getting it fails with a {@link KernelException}
     * that has the build log, or says that compiling is forbidden.
     *
     * @param prebuilt binaries that are taken instead of compiling
     */
    Pending<Long> get(KernelSource source, KernelBinaries prebuilt) {
        Optional<Path> binary = prebuilt.find(source.digest());
        if (binary.isPresent()) {
            return compilations.once(
                    binary.get().toString() + " " + source.options(), () -> load(source, binary.get()));
        }
        if (!mayCompile) {
            String where = prebuilt.folder().isEmpty() ? "there are no binaries" : prebuilt + " has no binary for it";
            throw refused(
                    source,
                    where + ", and compiling is forbidden on " + opencl.subject()
                            + "; export the kernels again, build them, and name their folder as 'binaries' in the"
                            + " profile");
        }
        String name = source.symbol() + "." + Digest.name(identity + "\n" + source.options() + "\n" + source.text());
        return compilations.once(name, () -> build(source, name));
    }

    /** {@return the binary of a program, as the driver keeps it; empty where it gives none} */
    byte[] binary(long program) {
        return opencl.binary(program);
    }

    private long load(KernelSource source, Path file) throws IOException {
        byte[] binary = Files.readAllBytes(file);
        try {
            return fromBinary(source, binary);
        } catch (OpenClException refused) {
            throw refused(
                    source,
                    "the binary " + file + " is not for this device and driver (" + refused.getMessage()
                            + "); build it again");
        }
    }

    private long build(KernelSource source, String name) {
        Optional<byte[]> earlier = kept.find(name);
        if (earlier.isPresent()) {
            try {
                return fromBinary(source, earlier.get());
            } catch (OpenClException outdated) {
                // written by a driver that calls itself the same: it is made again
            }
        }
        long program = fromSource(source);
        byte[] binary = opencl.binary(program);
        if (binary.length > 0) {
            kept.keep(name, binary);
        }
        return program;
    }

    private long fromBinary(KernelSource source, byte[] binary) {
        long program = opencl.createProgram(context, device, binary);
        try {
            opencl.build(program, device, source.options());
        } catch (OpenClException refused) {
            opencl.releaseProgram(program);
            throw refused;
        }
        return program;
    }

    private long fromSource(KernelSource source) {
        long program = opencl.createProgram(context, source.text());
        try {
            opencl.build(program, device, source.options());
        } catch (OpenClException refused) {
            String log = opencl.buildLog(program, device);
            opencl.releaseProgram(program);
            throw refused(source, refused.getMessage() + ": " + shortened(log) + dump(source, log));
        }
        return program;
    }

    private static KernelException refused(KernelSource source, String reason) {
        return new KernelException(source.kernel(), 0, reason);
    }

    private static String shortened(String log) {
        return log.length() <= MAX_LOG_CHARACTERS ? log : log.substring(0, MAX_LOG_CHARACTERS) + " …";
    }

    private static String dump(KernelSource source, String log) {
        try {
            Path file = Files.createTempFile("sirocco-" + source.symbol() + "-", ".cl");
            Files.writeString(
                    file,
                    "// options: " + source.options() + "\n" + source.text() + "\n/*\n" + log.replace("*/", "* /")
                            + "\n*/\n");
            return " (its OpenCL C and the whole log are in " + file + ")";
        } catch (IOException unwritable) {
            return " (its OpenCL C could not be written: " + unwritable.getMessage() + ")";
        }
    }
}
