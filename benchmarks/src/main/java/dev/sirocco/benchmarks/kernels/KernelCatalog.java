package dev.sirocco.benchmarks.kernels;

import dev.sirocco.benchmarks.random.ModelShape;
import java.util.ArrayList;
import java.util.List;

/** All kernels at the shapes that the 7B model gives them, in the order in which a token meets them. */
public final class KernelCatalog {
    private final List<KernelCase> cases;

    /** Lists the kernels. Nothing is allocated until one is run. */
    public KernelCatalog() {
        ModelShape shape = ModelShape.presets().get("7b");
        cases = new ArrayList<>();
        cases.addAll(new ElementwiseCases(shape).all());
        cases.addAll(new AttentionCases(shape).all());
        cases.addAll(new ProductCases(shape).all());
        cases.addAll(new GroupCases(shape).all());
    }

    /** {@return the names of all cases} */
    public List<String> names() {
        return cases.stream().map(KernelCase::name).toList();
    }

    /**
     * {@return the names of the cases that a device runs}
     *
     * @param device its id
     */
    public List<String> names(String device) {
        return cases.stream()
                .filter(kernel -> !kernel.needsGroups() || !device.equals("cpu"))
                .filter(kernel -> !kernel.needsTensorCores() || device.equals("reference") || device.startsWith("cuda"))
                .map(KernelCase::name)
                .toList();
    }

    /** {@return the case of this name} */
    KernelCase find(String name) {
        return cases.stream()
                .filter(kernel -> kernel.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no kernel case '" + name + "'"));
    }
}
