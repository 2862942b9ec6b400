package dev.sirocco.runtime.fuzz;

import static org.junit.jupiter.api.Assertions.fail;

import dev.sirocco.runtime.codegen.FloatMode;
import dev.sirocco.runtime.codegen.HostKernel;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.TaskSpec;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.opencl.StrictDevices;
import dev.sirocco.runtime.pass.FrontEnd;
import dev.sirocco.runtime.reference.ReferenceDriver;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Random kernels give the same bits as Java on the {@code cpu} device's compiler and on OpenCL devices, with
 * floating-point arithmetic as strict as Java's: so there is no tolerance. A NaN is a NaN. Devices whose floats are
 * not that strict run the kernels without any.
 *
 * <p>{@code -Dsirocco.fuzz.kernels=N} compares N kernels, {@code -Dsirocco.fuzz.seed=S} begins with seed S.
 */
class DifferentialFuzzTest {
    private static final int STATEMENTS = 18;
    private static final int BATCH = 20;

    private final Device reference = new ReferenceDriver().devices().getFirst();

    @TempDir
    Path folder;

    private KernelClasses classes;

    /** Which kernels a seed stands for. */
    private interface Generator {
        RandomKernel kernel(long seed, int statements);
    }

    @BeforeEach
    void compiler() {
        classes = new KernelClasses(folder);
    }

    @Test
    void randomKernelsGiveTheSameEverywhere() {
        compareAll(
                RandomKernel::new,
                StrictDevices.all().stream()
                        .filter(StrictDevices::choosesBytesRight)
                        .toList());
    }

    @Test
    void randomKernelsWithoutBytesGiveTheSameWhereMesaTakesAConstantBesideAByteForZero() {
        List<Device> devices = StrictDevices.all().stream()
                .filter(device -> !StrictDevices.choosesBytesRight(device))
                .toList();
        if (!devices.isEmpty()) {
            compareAll(RandomKernel::withoutBytes, devices);
        }
    }

    private void compareAll(Generator generator, List<Device> openCl) {
        long first = Long.getLong("sirocco.fuzz.seed", 1);
        long count = Long.getLong("sirocco.fuzz.kernels", 40);
        for (long seed = first; seed < first + count; seed += BATCH) {
            List<RandomKernel> kernels = new ArrayList<>();
            List<String> sources = new ArrayList<>();
            for (long k = seed; k < Math.min(seed + BATCH, first + count); k++) {
                kernels.add(generator.kernel(k, STATEMENTS));
                sources.add(kernels.getLast().source("kernel" + k));
            }
            Map<String, Method> methods = classes.compile(sources);
            for (int k = 0; k < kernels.size(); k++) {
                long kernelSeed = seed + k;
                Method method = methods.get("kernel" + kernelSeed);
                Optional<String> fault = compare(kernels.get(k), method, kernelSeed, openCl);
                if (fault.isPresent()) {
                    report(kernelSeed, fault.get(), sources.get(k), generator, openCl);
                }
            }
        }
        System.out.println(count + " random kernels compared on reference, cpu and "
                + openCl.stream().map(device -> device.description().platform()).toList());
    }

    /** Looks for the shortest kernel of the seed that fails too. */
    private void report(long seed, String fault, String source, Generator generator, List<Device> openCl) {
        for (int statements = 1; statements < STATEMENTS; statements++) {
            RandomKernel kernel = generator.kernel(seed, statements);
            String shorter = kernel.source("kernel" + seed);
            Method method = classes.compile(List.of(shorter)).get("kernel" + seed);
            Optional<String> again = compare(kernel, method, seed, openCl);
            if (again.isPresent()) {
                fail("seed " + seed + ": " + again.get() + "\n" + shorter);
            }
        }
        fail("seed " + seed + ": " + fault + "\n" + source);
    }

    private Optional<String> compare(RandomKernel kernel, Method method, long seed, List<Device> openCl) {
        try {
            FuzzArrays expected = new FuzzArrays(seed, kernel.hasDoubles());
            run(reference, kernel, method, expected);
            if (!kernel.isGrouped()) {
                FuzzArrays host = new FuzzArrays(seed, kernel.hasDoubles());
                Function function = FrontEnd.compile(method, host.arguments(), null);
                HostKernel.compile(function, host.arguments(), FloatMode.STRICT).run();
                Optional<String> difference = expected.difference(host);
                if (difference.isPresent()) {
                    return Optional.of("Java and cpu differ in " + difference.get());
                }
            }
            for (Device device : openCl) {
                if (runs(kernel, device)) {
                    FuzzArrays run = new FuzzArrays(seed, kernel.hasDoubles());
                    run(device, kernel, method, run);
                    Optional<String> difference = expected.difference(run);
                    if (difference.isPresent()) {
                        String name = device.description().platform();
                        return Optional.of("Java and " + name + " differ in " + difference.get());
                    }
                }
            }
            return Optional.empty();
        } catch (AssertionError | RuntimeException failed) {
            StringWriter trace = new StringWriter();
            failed.printStackTrace(new PrintWriter(trace));
            return Optional.of(trace.toString());
        }
    }

    private static boolean runs(RandomKernel kernel, Device device) {
        return (!kernel.hasFloats() || StrictDevices.areFloatsStrict(device))
                && (!kernel.hasDoubles() || device.description().fp64());
    }

    private static List<Object> arguments(RandomKernel kernel, FuzzArrays arrays) {
        List<Object> arguments = arrays.arguments();
        if (kernel.isGrouped()) {
            arguments.addFirst(new KernelContext());
        }
        return arguments;
    }

    private static void run(Device device, RandomKernel kernel, Method method, FuzzArrays arrays) {
        WorkerGrid grid = null;
        if (kernel.isGrouped()) {
            grid = new WorkerGrid1D(RandomKernel.ITEMS);
            grid.setLocalWork(RandomKernel.GROUP, 1, 1);
        }
        try (DeviceMemory memory = device.newMemory()) {
            for (TornadoNativeArray array : arrays.arrays()) {
                memory.allocate(array, true);
                memory.copyIn(array);
            }
            device.bind(
                            new TaskSpec("fuzz." + method.getName(), method, arguments(kernel, arrays), grid, "", null),
                            memory)
                    .run();
            arrays.arrays().forEach(memory::copyOut);
            memory.finish();
        }
    }
}
