package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.cache.Compilations;
import dev.sirocco.runtime.cache.Digest;
import dev.sirocco.runtime.cache.KeptFiles;
import dev.sirocco.runtime.cache.Pending;
import dev.sirocco.runtime.driver.KernelBinaries;
import dev.sirocco.runtime.driver.KernelFormat;
import dev.sirocco.runtime.export.ExportedKernel;
import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.llvm.DeviceCompiler;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The programs of one context: equal sources are compiled once, in the background, and binaries are kept for the next
 * process under a name that stands for device, driver, options and text. Programs live as long as the process.
 * Thread-safe.
 */
final class Programs {
    /** A build log can be megabytes of repeated warnings. */
    private static final int MAX_LOG_CHARACTERS = 2000;

    /** What clang says of a temporary file that it had deleted itself. */
    private static final String LOST_FILE = "unable to rename temporary";

    private final OpenClNative opencl;
    private final long context;
    private final long device;
    private final String identity;
    private final KeptFiles kept;
    private final boolean mayCompile;
    private final IntermediateLanguage il;
    private final Compilations<Long> compilations = new Compilations<>();

    /**
     * @param identity   tells device and driver apart from all others, in every version
     * @param kept       where binaries are kept
     * @param mayCompile whether kernels without a binary may be compiled
     * @param il         whether the device takes SPIR-V
     */
    Programs(
            OpenClNative opencl,
            long context,
            long device,
            String identity,
            KeptFiles kept,
            boolean mayCompile,
            IntermediateLanguage il) {
        this.opencl = opencl;
        this.context = context;
        this.device = device;
        this.identity = identity;
        this.kept = kept;
        this.mayCompile = mayCompile;
        this.il = il;
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
        String whole = identity + "\n" + source.options() + "\n" + source.text();
        String name = source.symbol() + "."
                + Digest.name(
                        switch (source.format()) {
                            case SPIRV -> DeviceCompiler.spirvOptions() + "\n" + whole;
                            case OPENCL_C, PTX, LLVM -> whole;
                        });
        return compilations.once(name, () -> build(source, name));
    }

    /** {@return the binary of a program, as the driver keeps it; empty where it gives none} */
    byte[] binary(long program) {
        return opencl.binary(program);
    }

    /**
     * {@return the binary of an exported module of SPIR-V, as the driver keeps it; empty where it gives none}
     *
     * @throws KernelException with the build log
     */
    byte[] build(ExportedKernel kernel) {
        long program = ofModule(kernel.code());
        try {
            opencl.build(program, device, kernel.options());
            return opencl.binary(program);
        } catch (OpenClException refused) {
            throw new KernelException(
                    kernel.kernel(), 0, refused.getMessage() + ": " + shortened(opencl.buildLog(program, device)));
        } finally {
            opencl.releaseProgram(program);
        }
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
        long program = create(source);
        try {
            buildAgainIfInterrupted(program, source);
        } catch (OpenClException refused) {
            String log = opencl.buildLog(program, device);
            opencl.releaseProgram(program);
            throw refused(source, refused.getMessage() + ": " + shortened(log) + dump(source, log));
        }
        return program;
    }

    private long create(KernelSource source) {
        return switch (source.format()) {
            case SPIRV -> ofModule(SpirvModules.of(source));
            case OPENCL_C, PTX, LLVM -> opencl.createProgram(context, source.text());
        };
    }

    private long ofModule(byte[] module) {
        return switch (il) {
            case IntermediateLanguage.Taken(MemorySegment function) -> opencl.createProgram(function, context, module);
            case IntermediateLanguage.Refused(String reason) ->
                throw new OpenClException(opencl.subject(), "takes no SPIR-V: " + reason);
        };
    }

    /**
     * The JVM raises signals for its own purposes, at which PoCL's clang deletes the temporary file that it is writing:
     * seldom, and a second attempt is another throw of the dice.
     */
    private void buildAgainIfInterrupted(long program, KernelSource source) {
        try {
            opencl.build(program, device, source.options());
        } catch (OpenClException refused) {
            if (!opencl.buildLog(program, device).contains(LOST_FILE)) {
                throw refused;
            }
            opencl.build(program, device, source.options());
        }
    }

    private static KernelException refused(KernelSource source, String reason) {
        return new KernelException(source.kernel(), 0, reason);
    }

    private static String shortened(String log) {
        return log.length() <= MAX_LOG_CHARACTERS ? log : log.substring(0, MAX_LOG_CHARACTERS) + " …";
    }

    private static String dump(KernelSource source, String log) {
        boolean isC = source.format() == KernelFormat.OPENCL_C;
        String code = isC ? "OpenCL C" : "LLVM IR";
        String comment = isC ? "// " : "; ";
        String whole = comment + "options: " + source.options() + "\n" + source.text() + "\n"
                + log.lines().map(line -> comment + line + "\n").collect(Collectors.joining());
        try {
            Path file = Files.createTempFile("sirocco-" + source.symbol() + "-", isC ? ".cl" : ".ll");
            Files.writeString(file, whole);
            return " (its " + code + " and the whole log are in " + file + ")";
        } catch (IOException unwritable) {
            return " (its " + code + " could not be written: " + unwritable.getMessage() + ")";
        }
    }
}
