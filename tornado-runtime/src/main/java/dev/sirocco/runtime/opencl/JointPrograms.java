package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.cache.JointCompilations;
import dev.sirocco.runtime.cache.Pending;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Programs of several kernels, for drivers that compile one program at a time and take long to begin. A program
 * has what was asked for until one of its kernels is waited for. For each of its kernels a file tells the next
 * process which program has it, so that plans share kernels whatever else they have. Kernels that differ in
 * their sizes alone are one there. Where kernels cannot be built together, each is built by itself, which shows
 * what is wrong with which.
 */
final class JointPrograms implements JointCompilations.Compiler<JointPrograms.Request, CompiledKernel> {
    /** Program, kernel, and what {@link CompiledKernel} has besides. */
    private static final Pattern PLACE = Pattern.compile("(\\S+) (\\S+) sizes=([\\d,]*) group=([\\d,]*)");

    private final Programs programs;
    private final JointCompilations<Request, CompiledKernel> compilations = new JointCompilations<>(this);
    private final Map<String, Optional<Long>> loaded = new HashMap<>(); // used by the compiling thread alone

    /** A kernel and the name that stands for all that its binary depends on. */
    record Request(KernelSource source, String name) {}

    JointPrograms(Programs programs) {
        this.programs = programs;
    }

    /** {@return a kernel of OpenCL C, at once or when it is built} */
    Pending<CompiledKernel> get(KernelSource source, String name) {
        return compilations.once(name, new Request(source, name));
    }

    @Override
    public void begin(Request first) {
        if (kept(first).isEmpty()) {
            programs.loadCompiler(first.source.options(), first.name);
        }
    }

    @Override
    public List<Callable<CompiledKernel>> compile(List<Request> requests) {
        Map<String, CompiledKernel> compiled = new HashMap<>();
        for (Request request : requests) {
            kept(request).ifPresent(kernel -> compiled.put(request.name, kernel));
        }
        Map<String, List<Request>> missing = requests.stream()
                .filter(request -> !compiled.containsKey(request.name))
                .collect(Collectors.groupingBy(request -> request.source.options()));
        missing.forEach((options, kernels) -> {
            if (kernels.size() > 1) {
                compiled.putAll(build(options, kernels));
            }
        });
        List<Callable<CompiledKernel>> outcomes = new ArrayList<>();
        for (Request request : requests) {
            CompiledKernel kernel = compiled.get(request.name);
            outcomes.add(kernel == null ? () -> programs.build(request.source, request.name) : () -> kernel);
        }
        return outcomes;
    }

    /** {@return the kernel in a program that an earlier process kept} */
    private Optional<CompiledKernel> kept(Request request) {
        Optional<byte[]> place = programs.files().find(placeName(request));
        if (place.isEmpty()) {
            return Optional.empty();
        }
        Matcher words = PLACE.matcher(new String(place.get(), StandardCharsets.UTF_8));
        if (!words.matches()) {
            return Optional.empty();
        }
        return loaded.computeIfAbsent(words.group(1), name -> programs.kept(name, request.source.options()))
                .map(program -> new CompiledKernel(
                        program,
                        words.group(2),
                        numbers(words.group(3), Integer::valueOf),
                        numbers(words.group(4), Long::valueOf)));
    }

    /** {@return kernels of equal options, built together; empty when they cannot be} */
    private Map<String, CompiledKernel> build(String options, List<Request> requests) {
        JointSource joint = new JointSource(
                KernelFamily.of(requests.stream().map(Request::source).toList()));
        String name = programs.name(options, joint);
        long program;
        try {
            program = programs.build(options, joint, name);
        } catch (OpenClException eachByItself) {
            return Map.of();
        }
        loaded.put(name, Optional.of(program));
        Map<KernelSource, CompiledKernel> kernels = joint.kernels(program);
        Map<String, CompiledKernel> built = new HashMap<>();
        for (Request request : requests) {
            CompiledKernel kernel = kernels.get(request.source);
            built.put(request.name, kernel);
            programs.files().keep(placeName(request), place(name, kernel).getBytes(StandardCharsets.UTF_8));
        }
        return built;
    }

    private static String place(String program, CompiledKernel kernel) {
        return "%s %s sizes=%s group=%s"
                .formatted(program, kernel.symbol(), line(kernel.sizes()), line(kernel.group()));
    }

    private static String line(List<?> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static <N> List<N> numbers(String line, Function<String, N> number) {
        return line.isEmpty()
                ? List.of()
                : Stream.of(line.split(",")).map(number).toList();
    }

    private static String placeName(Request request) {
        return request.name + ".place";
    }
}
