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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

    /** A kernel that takes a compiler no time. */
    private static final String LEAST = "__kernel void f%s(__global int *x) { x[0] = 1; }";

    private final OpenClNative opencl;
    private final long context;
    private final long device;
    private final String identity;
    private final KeptFiles kept;
    private final boolean mayCompile;
    private final IntermediateLanguage il;
    private final Compilations<CompiledKernel> compilations = new Compilations<>();
    private final Map<KernelSource, String> names = new ConcurrentHashMap<>();
    private final JointPrograms joint = new JointPrograms(this);

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
     * {@return a kernel, at once or when it is built, in a program of its own} Getting it fails with a
     * {@link KernelException} that has the build log, or says that compiling is forbidden.
     *
     * @param prebuilt binaries that are taken instead of compiling
     */
    Pending<CompiledKernel> get(KernelSource source, KernelBinaries prebuilt) {
        return prebuilt(source, prebuilt).orElseGet(() -> {
            String name = name(source, prebuilt);
            return compilations.once(name, () -> build(source, name));
        });
    }

    /** {@return likewise, in a program that may have other kernels of OpenCL C} */
    Pending<CompiledKernel> getJoint(KernelSource source, KernelBinaries prebuilt) {
        return source.format() == KernelFormat.OPENCL_C
                ? prebuilt(source, prebuilt).orElseGet(() -> joint.get(source, name(source, prebuilt)))
                : get(source, prebuilt);
    }

    private Optional<Pending<CompiledKernel>> prebuilt(KernelSource source, KernelBinaries prebuilt) {
        if (prebuilt.files().isEmpty()) {
            return Optional.empty(); // the digest of a text takes its time
        }
        return prebuilt.find(source.digest())
                .map(file -> compilations.once(file + " " + source.options(), () -> load(source, file)));
    }

    /** {@return what stands for all that a kernel's binary depends on} */
    private String name(KernelSource source, KernelBinaries prebuilt) {
        if (!mayCompile) {
            String where = prebuilt.folder().isEmpty() ? "there are no binaries" : prebuilt + " has no binary for it";
            throw refused(
                    source,
                    where + ", and compiling is forbidden on " + opencl.subject()
                            + "; export the kernels again, build them, and name their folder as 'binaries' in the"
                            + " profile");
        }
        return names.computeIfAbsent(source, this::name);
    }

    private String name(KernelSource source) {
        String whole = whole(source.options(), source.text());
        return source.symbol() + "."
                + Digest.name(
                        switch (source.format()) {
                            case SPIRV -> DeviceCompiler.spirvOptions() + "\n" + whole;
                            case OPENCL_C, PTX, LLVM -> whole;
                        });
    }

    /** {@return options and text with what tells the driver apart} */
    private String whole(String options, String text) {
        return identity + "\n" + options + "\n" + text;
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

    private CompiledKernel load(KernelSource source, Path file) throws IOException {
        byte[] binary = Files.readAllBytes(file);
        try {
            return new CompiledKernel(fromBinary(binary, source.options()), source.symbol());
        } catch (OpenClException refused) {
            throw refused(
                    source,
                    "the binary " + file + " is not for this device and driver (" + refused.getMessage()
                            + "); build it again");
        }
    }

    /**
     * Has the driver load its compiler, which takes PoCL a second.
     *
     * @param unlike what nothing was built for yet: drivers that know a text need no compiler
     */
    void loadCompiler(String options, String unlike) {
        try {
            long program = opencl.createProgram(context, LEAST.formatted(Digest.name(unlike)));
            try {
                buildAgainIfInterrupted(program, options);
                opencl.binary(program);
            } finally {
                opencl.releaseProgram(program);
            }
        } catch (OpenClException shownByKernels) {
            // What is wrong with the driver is wrong with the kernels, too, which name themselves.
        }
    }

    /** {@return a kernel that is built now, or was in an earlier process, in a program of its own} */
    CompiledKernel build(KernelSource source, String name) {
        return new CompiledKernel(
                kept(name, source.options()).orElseGet(() -> keep(name, fromSource(source))), source.symbol());
    }

    /** {@return the program that an earlier process kept} */
    Optional<Long> kept(String name, String options) {
        try {
            return kept.find(name).map(binary -> fromBinary(binary, options));
        } catch (OpenClException outdated) {
            return Optional.empty(); // written by a driver that calls itself the same: it is made again
        }
    }

    private long keep(String name, long program) {
        byte[] binary = opencl.binary(program);
        if (binary.length > 0) {
            kept.keep(name, binary);
        }
        return program;
    }

    /** {@return where earlier processes kept what they compiled} */
    KeptFiles files() {
        return kept;
    }

    /** {@return the name under which a program of several kernels is kept} */
    String name(String options, JointSource source) {
        return "joint." + Digest.name(whole(options, source.text()));
    }

    /**
     * {@return a program of several kernels, which is kept}
     *
     * @throws OpenClException when it cannot be built
     */
    long build(String options, JointSource source, String name) {
        long program = opencl.createProgram(context, source.text());
        try {
            buildAgainIfInterrupted(program, options);
        } catch (OpenClException refused) {
            opencl.releaseProgram(program);
            throw refused;
        }
        return keep(name, program);
    }

    private long fromBinary(byte[] binary, String options) {
        long program = opencl.createProgram(context, device, binary);
        try {
            opencl.build(program, device, options);
        } catch (OpenClException refused) {
            opencl.releaseProgram(program);
            throw refused;
        }
        return program;
    }

    private long fromSource(KernelSource source) {
        long program = create(source);
        try {
            buildAgainIfInterrupted(program, source.options());
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
    private void buildAgainIfInterrupted(long program, String options) {
        try {
            opencl.build(program, device, options);
        } catch (OpenClException refused) {
            if (!opencl.buildLog(program, device).contains(LOST_FILE)) {
                throw refused;
            }
            opencl.build(program, device, options);
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
