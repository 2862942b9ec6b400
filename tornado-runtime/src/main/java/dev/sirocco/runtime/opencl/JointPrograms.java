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
import java.util.stream.Collectors;

/**
 * Programs of several kernels, for drivers that compile one program at a time and take long to begin. A program
 * has what was asked for while the one before was built. For each of its kernels a file tells the next
 * process which program has it, so that plans share kernels whatever else they have. Where kernels cannot be
 * built together, each is built by itself, which shows what is wrong with which.
 */
final class JointPrograms {
    private final Programs programs;
    private final JointCompilations<Request, CompiledKernel> compilations = new JointCompilations<>(this::compile);
    private final Map<String, Optional<Long>> loaded = new HashMap<>(); // used by the compiling thread alone

    /** A kernel and the name that stands for all that its binary depends on. */
    private record Request(KernelSource source, String name) {}

    JointPrograms(Programs programs) {
        this.programs = programs;
    }

    /** {@return a kernel of OpenCL C, at once or when it is built} */
    Pending<CompiledKernel> get(KernelSource source, String name) {
        return compilations.once(name, new Request(source, name));
    }

    private List<Callable<CompiledKernel>> compile(List<Request> requests) {
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
        String[] words = new String(place.get(), StandardCharsets.UTF_8).split(" ");
        if (words.length != 2) {
            return Optional.empty();
        }
        return loaded.computeIfAbsent(words[0], name -> programs.kept(name, request.source.options()))
                .map(program -> new CompiledKernel(program, words[1]));
    }

    /** {@return kernels of equal options, built together; empty when they cannot be} */
    private Map<String, CompiledKernel> build(String options, List<Request> requests) {
        JointSource joint =
                new JointSource(requests.stream().map(Request::source).toList());
        String name = programs.name(options, joint);
        long program;
        try {
            program = programs.build(options, joint, name);
        } catch (OpenClException eachByItself) {
            return Map.of();
        }
        loaded.put(name, Optional.of(program));
        Map<String, CompiledKernel> built = new HashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            String symbol = joint.symbol(i);
            built.put(requests.get(i).name, new CompiledKernel(program, symbol));
            programs.files().keep(placeName(requests.get(i)), (name + " " + symbol).getBytes(StandardCharsets.UTF_8));
        }
        return built;
    }

    private static String placeName(Request request) {
        return request.name + ".place";
    }
}
