package dev.sirocco.runtime.cpu;

import dev.sirocco.runtime.cache.Pending;
import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.HostTarget;
import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceKind;
import dev.sirocco.runtime.driver.DeviceLimits;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.LaunchGrid;
import dev.sirocco.runtime.driver.SharedMemory;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.llvm.CodeCache;
import dev.sirocco.runtime.llvm.HostCompiler;
import dev.sirocco.runtime.source.KernelCode;
import dev.sirocco.runtime.source.KernelCodes;
import dev.sirocco.runtime.source.LlvmCode;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** The host's processor. Kernels are compiled in the background: a task's first run waits for its code. */
final class CpuDevice implements Device {
    private final HostCompiler compiler;
    private final CodeCache code;
    private final Map<KernelCode, Pending<MemorySegment>> kernels = new ConcurrentHashMap<>();
    private final WorkerPool pool;
    private final KernelCodes codes;

    CpuDevice(HostCompiler compiler, int threads, FloatMode floats) {
        this.compiler = compiler;
        this.code = new CodeCache(compiler);
        this.pool = new WorkerPool(threads);
        HostTarget target = HostTarget.of(compiler.machine()::has);
        this.codes = new KernelCodes(new LlvmCode(target, floats), target + " " + floats);
    }

    @Override
    public DeviceDescription description() {
        return new DeviceDescription(
                "cpu",
                DeviceKind.CPU,
                "LLVM",
                processorField("vendor_id"),
                processorField("model name") + " (" + compiler.machine().cpu() + ")",
                "LLVM " + compiler.version(),
                DeviceLimits.ofHost(),
                pool.threads(),
                true,
                false,
                true);
    }

    @Override
    public BoundTask bind(TaskSpec task, DeviceMemory memory) {
        KernelCode kernel = kernel(task);
        Pending<MemorySegment> compiled = task.print() == null
                ? kernels.computeIfAbsent(kernel, k -> compile(k, null))
                : compile(kernel, task.print());
        List<TornadoNativeArray> arrays = new ArrayList<>();
        for (Object argument : task.arguments()) {
            if (argument instanceof TornadoNativeArray array) {
                arrays.add(array);
            }
        }
        return new CpuTask(pool, compiled, arrays, kernel.launch().total());
    }

    /** {@return the LLVM IR of what a task runs} */
    KernelCode kernel(TaskSpec task) {
        if (task.grid() != null) {
            LaunchGrid.of(task.name(), task.grid());
        }
        return codes.of(task);
    }

    /** {@return LLVM's name of the processor} */
    String processor() {
        return compiler.machine().cpu();
    }

    private Pending<MemorySegment> compile(KernelCode kernel, PrintStream print) {
        return code.get(kernel.text(), kernel.symbol(), print);
    }

    @Override
    public DeviceMemory newMemory() {
        return new SharedMemory();
    }

    /** {@return what the system tells about the processor under a key, or the architecture where it does not} */
    private static String processorField(String key) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }
}
