package dev.sirocco.runtime.hosted;

import dev.sirocco.runtime.SoleDevice;
import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.GroupTarget;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.codegen.LlvmEmitter;
import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceKind;
import dev.sirocco.runtime.driver.DeviceLimits;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.pass.FrontEnd;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;

/** A device that runs nothing and keeps what its tasks would be compiled from: {@code recorder}. */
public final class KernelRecorder extends SoleDevice {
    private static final List<Kernel> RECORDED = new ArrayList<>();

    private record Kernel(Function function, Launch launch) {}

    /** Forgets what was recorded. */
    public static void clear() {
        RECORDED.clear();
    }

    /** {@return LLVM IR for a target by the symbol of a kernel, each text once, of all since the last call} */
    public static Map<String, SequencedSet<String>> take(GroupTarget target) {
        Map<String, SequencedSet<String>> recorded = new TreeMap<>();
        for (Kernel kernel : RECORDED) {
            recorded.computeIfAbsent(target.symbol(kernel.function), _ -> new LinkedHashSet<>())
                    .add(LlvmEmitter.emit(kernel.function, kernel.launch, target));
        }
        RECORDED.clear();
        return recorded;
    }

    @Override
    public DeviceDescription description() {
        return new DeviceDescription(
                "recorder",
                DeviceKind.GPU,
                "LLVM",
                "tests",
                "a recorder of kernels",
                "1",
                DeviceLimits.ofHost(),
                1,
                false,
                false,
                true);
    }

    @Override
    public BoundTask bind(TaskSpec task, DeviceMemory memory) {
        Function function = FrontEnd.compile(task.method(), task.arguments(), task.print());
        Launch launch = Launch.of(function, task.arguments(), task.grid(), FloatMode.RELAXED);
        RECORDED.add(new Kernel(function, launch));
        return new BoundTask() {
            @Override
            public void run() {}

            @Override
            public long kernelNanos() {
                return 0;
            }
        };
    }

    @Override
    public DeviceMemory newMemory() {
        return new HostedMemory();
    }
}
