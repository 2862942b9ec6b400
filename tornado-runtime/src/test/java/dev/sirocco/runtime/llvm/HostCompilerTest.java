package dev.sirocco.runtime.llvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostCompilerTest {
    private static final HostCompiler COMPILER =
            assertInstanceOf(LlvmLibrary.Present.class, LlvmLibrary.get()).host();

    private static String adder(int constant) {
        return """
                define i64 @adder(i64 %a, i64 %b, i64 %c) {
                  %ab = add i64 %a, %b
                  %sum = add i64 %ab, %c
                  %result = add i64 %sum, CONSTANT
                  ret i64 %result
                }
                """.replace("CONSTANT", Integer.toString(constant));
    }

    @Test
    void compiledFunctionsRun() {
        CodeCache code = new CodeCache(COMPILER);
        assertEquals(10, NativeCall.call(code.get(adder(4), "adder", null).get(), 1, 2, 3));
        assertEquals(11, NativeCall.call(code.get(adder(5), "adder", null).get(), 1, 2, 3));
        assertEquals(
                code.get(adder(4), "adder", null).get(),
                code.get(adder(4), "adder", null).get());
    }

    @Test
    void modulesAreCompiledInParallel() {
        CodeCache code = new CodeCache(COMPILER);
        List<Long> results = IntStream.range(100, 200)
                .parallel()
                .mapToObj(i -> NativeCall.call(code.get(adder(i), "adder", null).get(), i, i, i))
                .toList();
        assertEquals(IntStream.range(100, 200).mapToObj(i -> 4L * i).toList(), results);
    }

    @Test
    void aSyntaxErrorNamesKernelPlaceAndFile() throws Exception {
        LlvmException refused = assertThrows(
                LlvmException.class,
                () -> new CodeCache(COMPILER)
                        .get("define i64 @broken() {\n  ret i64 %nothing\n}\n", "broken", null)
                        .get());
        assertTrue(refused.getMessage().startsWith("kernel broken: LLVMParseIRInContext: "), refused::getMessage);
        assertTrue(refused.getMessage().contains("use of undefined value '%nothing'"), refused::getMessage);
        Matcher file = Pattern.compile("its LLVM IR is in (\\S+)\\)").matcher(refused.getMessage());
        assertTrue(file.find());
        assertTrue(Files.readString(Path.of(file.group(1))).contains("@broken"));
        Files.delete(Path.of(file.group(1)));
    }

    @Test
    void aMissingFunctionIsAnErrorWhenLinking() {
        String ir = """
                declare i64 @sirocco_has_no_such_function(i64)
                define i64 @caller(i64 %a) {
                  %r = call i64 @sirocco_has_no_such_function(i64 %a)
                  ret i64 %r
                }
                """;
        LlvmException refused = assertThrows(
                LlvmException.class,
                () -> new CodeCache(COMPILER).get(ir, "caller", null).get());
        assertTrue(refused.getMessage().startsWith("kernel caller: LLVMOrcLLJITLookup: "), refused::getMessage);
    }

    @Test
    void printsIrBeforeAndAfterAndAssembly() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        new CodeCache(COMPILER).get(adder(6), "adder", new PrintStream(printed)).get();
        String text = printed.toString();
        assertTrue(text.startsWith(adder(6)), text);
        assertTrue(text.contains("; adder after "), text);
        assertTrue(text.contains("# adder for " + COMPILER.machine().cpu()), text);
        assertTrue(text.contains("ret"), text);
    }
}
