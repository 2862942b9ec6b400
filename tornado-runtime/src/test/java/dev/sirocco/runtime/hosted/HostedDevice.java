package dev.sirocco.runtime.hosted;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceKind;
import dev.sirocco.runtime.driver.DeviceLimits;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.LaunchGrid;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.pass.FrontEnd;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** The host in place of a GPU, for one kind of code. */
final class HostedDevice implements Device {
    private final String name;
    private final HostedCompiler compiler;

    /** @param name the kind of code */
    HostedDevice(String name, HostedCompiler compiler) {
        this.name = name;
        this.compiler = compiler;
    }

    @Override
    public DeviceDescription description() {
        return new DeviceDescription(
                "hosted:" + name,
                DeviceKind.GPU,
                "LLVM",
                "tests",
                "the host in place of a GPU",
                "1",
                DeviceLimits.ofHost(),
                1,
                false,
                false,
                true);
    }

    @Override
    public BoundTask bind(TaskSpec task, DeviceMemory memory) {
        if (task.grid() != null) {
            LaunchGrid.of(task.name(), task.grid());
        }
        Function function = FrontEnd.compile(task.method(), task.arguments(), task.print());
        Launch launch = Launch.of(function, task.arguments(), task.grid(), FloatMode.RELAXED);
        List<MemorySegment> arrays = new ArrayList<>();
        for (Object argument : task.arguments()) {
            if (argument instanceof TornadoNativeArray array) {
                arrays.add(((HostedMemory) memory).of(array));
            }
        }
        HostedCompiler.Code kernel = compiler.compile(function, launch);
        return new BoundTask() {
            private long nanos;

            @Override
            public void run() {
                long start = System.nanoTime();
                kernel.run(arrays);
                nanos = System.nanoTime() - start;
            }

            @Override
            public long kernelNanos() {
                return nanos;
            }
        };
    }

    @Override
    public DeviceMemory newMemory() {
        return new HostedMemory();
    }
}
