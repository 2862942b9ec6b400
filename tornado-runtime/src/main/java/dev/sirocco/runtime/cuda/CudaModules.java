package dev.sirocco.runtime.cuda;

import dev.sirocco.runtime.cache.Compilations;
import dev.sirocco.runtime.cache.Digest;
import dev.sirocco.runtime.cache.KeptFiles;
import dev.sirocco.runtime.cache.Pending;
import dev.sirocco.runtime.source.KernelCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The kernels that are loaded on one card. Equal kernels are compiled once, in the background; what the card's driver
 * makes of PTX is kept for the next process under a name that stands for card, driver and PTX. Modules stay loaded as
 * long as the process. Thread-safe.
 */
final class CudaModules {
    private final CudaDevice device;
    private final PtxCode ptx;
    private final String identity;
    private final KeptFiles cubins;
    private final Compilations<Long> compilations = new Compilations<>();
    private final Map<KernelCode, Pending<Long>> functions = new ConcurrentHashMap<>();

    /** @param identity tells card and driver apart from all others, in every version */
    CudaModules(CudaDevice device, PtxCode ptx, String identity, KeptFiles cubins) {
        this.device = device;
        this.ptx = ptx;
        this.identity = identity;
        this.cubins = cubins;
    }

    /**
     * {@return a kernel's handle, at once or when it is compiled}
     *
     * @param print where generated code is printed, which waits for it, or null
     */
    Pending<Long> get(KernelCode kernel, PrintStream print) {
        if (print == null) {
            return functions.computeIfAbsent(
                    kernel, k -> compilations.once(Digest.name(k.text()), () -> load(k, null)));
        }
        Pending<Long> compiled = compilations.anew(() -> load(kernel, print));
        compiled.get();
        return compiled;
    }

    private long load(KernelCode kernel, PrintStream print) {
        return load(ptx.of(kernel.text(), kernel.symbol(), print), kernel.symbol());
    }

    private long load(byte[] code, String symbol) {
        CudaNative cuda = device.functions();
        String text = new String(code, StandardCharsets.UTF_8);
        String name = symbol + "." + Digest.name(identity + "\n" + text);
        Optional<byte[]> earlier = cubins.find(name);
        if (earlier.isPresent()) {
            try {
                return cuda.function(cuda.loadModule(earlier.get()), symbol);
            } catch (CudaException outdated) {
                // written by a driver that calls itself the same: it is made again
            }
        }
        try {
            byte[] cubin = cuda.assemble(code, symbol);
            cubins.keep(name, cubin);
            return cuda.function(cuda.loadModule(cubin), symbol);
        } catch (CudaException refused) {
            throw new CudaException(
                    refused.status(), "kernel " + symbol + ": " + refused.getMessage() + dump(symbol, code));
        }
    }

    private static String dump(String symbol, byte[] code) {
        try {
            Path file = Files.createTempFile("sirocco-" + symbol + "-", ".ptx");
            Files.write(file, code);
            return " (its PTX is in " + file + ")";
        } catch (IOException unwritable) {
            return " (its PTX could not be written: " + unwritable.getMessage() + ")";
        }
    }
}
