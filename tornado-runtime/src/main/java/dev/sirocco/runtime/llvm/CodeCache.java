package dev.sirocco.runtime.llvm;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Machine code by the IR that it was made from: equal IR is compiled once. Thread-safe. */
public final class CodeCache {
    private final HostCompiler compiler;
    private final Map<String, MemorySegment> loaded = new ConcurrentHashMap<>();

    public CodeCache(HostCompiler compiler) {
        this.compiler = compiler;
    }

    /**
     * {@return the address of a module's function}
     *
     * @param ir     LLVM IR
     * @param symbol the function's name in it
     * @param print  where generated code is printed (which compiles it anew), or null
     * @throws LlvmException with LLVM's message, the kernel and the file where its IR lies
     */
    public MemorySegment get(String ir, String symbol, PrintStream print) {
        String linkName = symbol + "." + digest(compiler.options() + "\n" + ir);
        try {
            if (print != null) {
                compiler.compile(ir, symbol, linkName, print);
            }
            return loaded.computeIfAbsent(
                    linkName, name -> compiler.load(compiler.compile(ir, symbol, name, null), name));
        } catch (LlvmException refused) {
            throw new LlvmException("kernel " + symbol + ": " + refused.getMessage() + dump(symbol, ir));
        }
    }

    private static String dump(String symbol, String ir) {
        try {
            Path file = Files.createTempFile("sirocco-" + symbol + "-", ".ll");
            Files.writeString(file, ir);
            return " (its LLVM IR is in " + file + ")";
        } catch (IOException unwritable) {
            return " (its LLVM IR could not be written: " + unwritable.getMessage() + ")";
        }
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
