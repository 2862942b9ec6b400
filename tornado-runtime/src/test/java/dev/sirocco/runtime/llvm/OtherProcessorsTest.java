package dev.sirocco.runtime.llvm;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sirocco.runtime.codegen.ByteKernels;
import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.HostTarget;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.LlvmEmitter;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.pass.FrontEnd;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/** Kernels compile for processors that this machine is not, with the instructions that these have. */
class OtherProcessorsTest {
    private static final HostCompiler HERE = ((LlvmLibrary.Present) LlvmLibrary.get()).host();

    private static String assembly(String kernel, String cpu, List<String> features) {
        Method method = Arrays.stream(ByteKernels.class.getDeclaredMethods())
                .filter(m -> m.getName().equals(kernel))
                .findFirst()
                .orElseThrow();
        List<Object> arguments = List.of(new ByteArray(999), new Int8Array(999), new FloatArray(999), 7);
        Function function = FrontEnd.compile(method, arguments, null);
        String ir = LlvmEmitter.emit(
                function, Launch.of(function, arguments, null, FloatMode.RELAXED), HostTarget.of(features::contains));
        Machine machine = new Machine(HERE.machine().triple(), cpu, "");
        HostCompiler compiler =
                new HostCompiler(HERE.llvm(), machine, HERE.llvm().targetFromTriple(machine.triple()));
        ByteArrayOutputStream print = new ByteArrayOutputStream();
        compiler.compile(ir, LlvmEmitter.symbol(function), "k", new PrintStream(print, true, StandardCharsets.UTF_8));
        String all = print.toString(StandardCharsets.UTF_8);
        return all.substring(all.lastIndexOf(" for " + cpu));
    }

    @ParameterizedTest
    @CsvSource({
        "x86-64, '', mul, mul",
        "nehalem, ssse3, pmaddubsw, pshufb",
        "haswell, ssse3 avx2, vpmaddubsw, vpshufb",
        "skylake-avx512, ssse3 avx2 avx512f avx512bw avx512vl, vpmaddwd, vpshufb",
        "cascadelake, ssse3 avx2 avx512f avx512bw avx512vl avx512vnni, vpdpbusd, vpshufb",
        "alderlake, ssse3 avx2 avxvnni, vpdpbusd, vpshufb"
    })
    void dotProductsAndLevelsAreTheirInstructions(String cpu, String features, String product, String lookup) {
        assumeTrue(HERE.machine().triple().startsWith("x86_64"), "code for x86 needs LLVM's generator for it");
        List<String> has = List.of(features.split(" "));
        assertTrue(assembly("nibbles", cpu, has).contains(product), product);
        String levels = assembly("levels", cpu, has);
        assertTrue(levels.contains(product) && levels.contains(lookup), lookup);
    }
}
