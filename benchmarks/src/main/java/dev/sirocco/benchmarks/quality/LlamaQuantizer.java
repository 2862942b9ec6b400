package dev.sirocco.benchmarks.quality;

import dev.sirocco.model.quantize.Mixture;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.NoSuchElementException;

/** llama.cpp's quantization, without an importance matrix. The library stays loaded. */
@SuppressWarnings("restricted")
public final class LlamaQuantizer {
    private static final Linker LINKER = Linker.nativeLinker();

    /** {@code llama_model_quantize_params}, or more: the library writes as much as it has. */
    private static final MemoryLayout PARAMETERS =
            MemoryLayout.structLayout(MemoryLayout.sequenceLayout(32, ValueLayout.JAVA_LONG));

    /** {@code ftype}, behind {@code nthread}. */
    private static final long FILE_TYPE = Integer.BYTES;

    private final SymbolLookup library;

    /**
     * @param file libllama
     * @throws IllegalStateException when it cannot be loaded, or is another library
     */
    public LlamaQuantizer(Path file) {
        try {
            library = SymbolLookup.libraryLookup(file, Arena.global());
            silence();
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw new IllegalStateException(file + " is not llama.cpp's library: " + e.getMessage(), e);
        }
    }

    private MethodHandle function(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(library.findOrThrow(name), type);
    }

    /** It would print a line for each tensor. */
    private void silence() {
        // void llama_log_set(ggml_log_callback callback, void *data)
        MethodHandle set =
                function("llama_log_set", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        // void (*ggml_log_callback)(enum ggml_log_level level, const char *text, void *data)
        MethodType callback = MethodType.methodType(void.class, int.class, MemorySegment.class, MemorySegment.class);
        MemorySegment nothing = LINKER.upcallStub(
                MethodHandles.empty(callback),
                FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                Arena.global());
        try {
            set.invokeExact(nothing, MemorySegment.NULL);
        } catch (Throwable e) {
            throw new AssertionError("llama_log_set", e);
        }
    }

    /**
     * Writes a model as llama.cpp quantizes it.
     *
     * @throws IllegalStateException when llama.cpp says that it failed
     */
    public void quantize(Path from, Path to, Mixture mixture) {
        // struct llama_model_quantize_params llama_model_quantize_default_params(void)
        MethodHandle defaults = function("llama_model_quantize_default_params", FunctionDescriptor.of(PARAMETERS));
        // uint32_t llama_model_quantize(const char *in, const char *out, const llama_model_quantize_params *params)
        MethodHandle quantize = function(
                "llama_model_quantize",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        int status;
        try (Arena call = Arena.ofConfined()) {
            MemorySegment parameters = (MemorySegment) defaults.invokeExact((SegmentAllocator) call);
            parameters.set(ValueLayout.JAVA_INT, FILE_TYPE, mixture.fileType());
            status = (int) quantize.invokeExact(
                    call.allocateFrom(from.toString()), call.allocateFrom(to.toString()), parameters);
        } catch (Throwable e) {
            throw new AssertionError("llama_model_quantize", e);
        }
        if (status != 0) {
            throw new IllegalStateException("llama.cpp could not quantize " + from + " to " + mixture);
        }
    }
}
