package dev.sirocco.spi;

import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The runtime on the class path, looked up once; why there is none is kept as well. */
record InstalledRuntime(RuntimeProvider found, String problem) {
    private static final InstalledRuntime INSTANCE = find();

    static RuntimeProvider provider() {
        if (INSTANCE.found == null) {
            throw new TornadoRuntimeException(INSTANCE.problem);
        }
        return INSTANCE.found;
    }

    private static InstalledRuntime find() {
        try {
            return choose(ServiceLoader.load(RuntimeProvider.class, RuntimeProvider.class.getClassLoader()).stream()
                    .toList());
        } catch (ServiceConfigurationError e) {
            return new InstalledRuntime(null, "The task-graph runtime cannot be started: " + reason(e));
        }
    }

    static InstalledRuntime choose(List<? extends ServiceLoader.Provider<RuntimeProvider>> providers) {
        return switch (providers.size()) {
            case 0 ->
                new InstalledRuntime(
                        null, "There is no runtime for task graphs: tornado-runtime is not on the class path");
            case 1 -> new InstalledRuntime(providers.getFirst().get(), "");
            default ->
                new InstalledRuntime(
                        null,
                        "There is more than one runtime for task graphs on the class path, leave one: "
                                + providers.stream()
                                        .map(provider -> provider.type().getName())
                                        .collect(Collectors.joining(", ")));
        };
    }

    private static String reason(ServiceConfigurationError e) {
        return e.getCause() == null ? e.getMessage() : e.getMessage() + ": " + e.getCause();
    }
}
