package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Type.Space;
import java.util.function.Predicate;

/**
 * The processor that this process runs on. A kernel becomes a function {@code void (ptr arrays, i64 begin, i64 end)}
 * that runs the work-items of the linear range [begin, end); {@code arrays} points to the addresses of the array
 * parameters' first elements, in the order of the parameters and without gaps for others.
 *
 * @param vectorBits the widest vectors to use, or 0 for the compiler's choice
 * @param dotUnit    how dot products of bytes are computed
 */
public record HostTarget(int vectorBits, DotUnit dotUnit) implements Target {
    /** {@return the target for a processor, given which features it has, in LLVM's names} */
    public static HostTarget of(Predicate<String> features) {
        return new HostTarget(features.test("avx512f") ? 512 : 0, DotUnit.of(features));
    }

    @Override
    public String triple() {
        return "";
    }

    @Override
    public String dataLayout() {
        return "";
    }

    @Override
    public String pointer(Space space) {
        return "ptr";
    }

    @Override
    public Dialect dialect() {
        return Dialect.HOST;
    }

    @Override
    public String symbol(Function function) {
        return LlvmEmitter.symbol(function);
    }

    @Override
    public boolean readsAhead() {
        return true;
    }

    @Override
    public Frame frame(Function function, Launch launch) {
        return new HostFrame(function, launch, this);
    }
}
