package dev.sirocco.tasks;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Somewhere to run a kernel: called as plain Java, or on a device through a task graph. */
public interface KernelRunner {
    /** Runs the kernel once; the arrays among its arguments hold the results afterwards. */
    void run(KernelCall call);

    /** {@return every runner that kernels are tested on} */
    static Stream<KernelRunner> all() {
        List<KernelRunner> runners = new ArrayList<>();
        runners.add(new PlainJava());
        return runners.stream();
    }

    /** Calls the kernel's method: its loops run one after the other. */
    record PlainJava() implements KernelRunner {
        @Override
        public void run(KernelCall call) {
            try {
                Method apply = Arrays.stream(call.code().getClass().getMethods())
                        .filter(method -> method.getName().equals("apply"))
                        .findFirst()
                        .orElseThrow();
                apply.setAccessible(true);
                apply.invoke(call.code(), call.arguments());
            } catch (InvocationTargetException failure) {
                throw new AssertionError("the kernel failed", failure.getCause());
            } catch (IllegalAccessException failure) {
                throw new AssertionError(failure);
            }
        }

        @Override
        public String toString() {
            return "plain Java";
        }
    }
}
