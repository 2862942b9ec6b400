package dev.sirocco.runtime.source;

import dev.sirocco.runtime.bytecode.Argument;
import dev.sirocco.runtime.bytecode.KernelClass;
import dev.sirocco.runtime.cache.CacheFolder;
import dev.sirocco.runtime.cache.Digest;
import dev.sirocco.runtime.cache.KeptFiles;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.pass.FrontEnd;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import uk.ac.manchester.tornado.api.WorkerGrid;

/**
 * The code of tasks for one target: equal kernels once in a process, and from an earlier process where that kept it.
 * Thread-safe.
 */
public final class KernelCodes {
    private final CodeGenerator generator;
    private final String target;
    private final KeptFiles kept;
    private final Map<Key, KernelCode> codes = new ConcurrentHashMap<>();

    /** Everything that a kernel's code depends on but the target and what classes contain. */
    private record Key(Method method, List<Argument> arguments, List<Launch.Array> arrays, String grid) {
        private static Key of(TaskSpec task) {
            return new Key(
                    task.method(),
                    FrontEnd.arguments(task.method(), task.arguments()),
                    Launch.arrays(task.arguments()),
                    describe(task.grid()));
        }

        private static String describe(WorkerGrid grid) {
            return grid == null
                    ? "loops"
                    : grid.dimension() + " " + Arrays.toString(grid.getGlobalWork()) + " "
                            + Arrays.toString(grid.getLocalWork());
        }

        private String describe() {
            String type = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                    .descriptorString();
            return String.join("\n", method.getName() + type, arguments.toString(), arrays.toString(), grid);
        }
    }

    /** @param target all that the generator's work depends on besides what it is given */
    public KernelCodes(CodeGenerator generator, String target) {
        this(generator, target, CacheFolder.path());
    }

    /**
     * @param target all that the generator's work depends on besides what it is given
     * @param cache  the folder that code is kept below
     */
    public KernelCodes(CodeGenerator generator, String target, Path cache) {
        this.generator = generator;
        this.target = target;
        this.kept = new KeptFiles(cache.resolve("code"));
    }

    /**
     * {@return the code of a task's kernel} Where the task is printed, it is made anew.
     *
     * @throws dev.sirocco.runtime.ir.KernelException when the kernel uses what is not supported
     */
    public KernelCode of(TaskSpec task) {
        return task.print() == null
                ? codes.computeIfAbsent(Key.of(task), key -> find(key, task))
                : generate(task, FrontEnd.compile(task.method(), task.arguments(), task.print()));
    }

    private KernelCode find(Key key, TaskSpec task) {
        Class<?> owner = key.method.getDeclaringClass();
        Optional<String> name = RuntimeRevision.current()
                .flatMap(revision -> KernelClass.digest(owner)
                        .map(content -> owner.getSimpleName() + "." + key.method.getName() + "."
                                + Digest.name(String.join(
                                        "\n", revision, target, owner.getName(), content, key.describe()))));
        Optional<KernelCode> earlier =
                name.flatMap(kept::find).flatMap(file -> CodeFile.read(file, owner.getClassLoader(), key.arrays));
        return earlier.orElseGet(() -> {
            Function function = FrontEnd.compile(task.method(), task.arguments(), null);
            KernelCode code = generate(task, function);
            name.ifPresent(file -> CodeFile.write(
                            code, FrontEnd.classes(task.method(), task.arguments()), owner.getClassLoader())
                    .ifPresent(content -> kept.keep(file, content)));
            return code;
        });
    }

    private KernelCode generate(TaskSpec task, Function function) {
        Launch launch = generator.launch(function, task);
        return new KernelCode(
                function.declaredIn() + "." + function.name(),
                generator.symbol(function),
                launch,
                generator.text(function, launch));
    }
}
