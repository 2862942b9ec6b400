package dev.sirocco.runtime.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;

/** Whether libcuda can be used in this process. */
sealed interface CudaLibrary {
    /** It is loaded and initialised, for the rest of the process. */
    record Present(CudaNative cuda) implements CudaLibrary {}

    /** It is not there, or does not work. {@code reason} says why and what to do. */
    record Absent(String reason) implements CudaLibrary {}

    /** {@return the library that the system property {@code sirocco.cuda} names, or the driver's} */
    static CudaLibrary load() {
        String chosen = System.getProperty("sirocco.cuda", "");
        if (!chosen.isEmpty()) {
            return open(List.of(chosen), "correct -Dsirocco.cuda");
        }
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return open(
                windows ? List.of("nvcuda.dll") : List.of("libcuda.so.1", "libcuda.so"),
                "it comes with the driver of NVIDIA's cards; install that");
    }

    /** {@return the first library that can be loaded and initialised, or why none can} */
    @SuppressWarnings("restricted")
    static CudaLibrary open(List<String> names, String remedy) {
        for (String name : names) {
            try {
                CudaNative cuda = new CudaNative(SymbolLookup.libraryLookup(name, Arena.global()), "CUDA");
                cuda.initialize();
                return new Present(cuda);
            } catch (IllegalArgumentException unloadable) {
                // the next one, or the reason below
            } catch (CudaException refused) {
                return new Absent(refused.getMessage());
            }
        }
        return new Absent(
                "NVIDIA's driver cannot be loaded: there is no " + String.join(" or ", names) + "; " + remedy);
    }
}
