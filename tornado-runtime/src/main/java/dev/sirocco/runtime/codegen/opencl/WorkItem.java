package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.ir.Op;
import java.util.ArrayList;
import java.util.List;

/** Who is running: ids of the IR as functions of OpenCL, where dimension 0 is the fastest. */
final class WorkItem {
    /** Dimensions of an OpenCL launch. */
    static final int DIMENSIONS = 3;

    private final Launch launch;

    WorkItem(Launch launch) {
        this.launch = launch;
    }

    /**
     * {@return the statements that end a work-item that is past the end of a loop's range} Where groups divide the
     * range there is none, and kernels that differ in their range alone are one.
     */
    List<String> guard() {
        if (!launch.loopNest() || launch.groupSizes().isEmpty()) {
            return List.of();
        }
        List<String> past = new ArrayList<>();
        for (int d = 0; d < launch.sizes().size(); d++) {
            if (launch.sizes().get(d) % launch.groupSizes().get(d) != 0) {
                past.add("get_global_id(" + dimension(d) + ") >= "
                        + launch.sizes().get(d));
            }
        }
        return past.isEmpty() ? List.of() : List.of("if (" + String.join(" || ", past) + ") return;");
    }

    /** {@return the attribute that states the size of a group, with a blank behind it; empty where it is open} */
    String attribute() {
        if (launch.groupSizes().isEmpty()) {
            return "";
        }
        Long[] sizes = {1L, 1L, 1L};
        for (int d = 0; d < launch.groupSizes().size(); d++) {
            sizes[dimension(d)] = launch.groupSizes().get(d);
        }
        return "__attribute__((reqd_work_group_size(%d, %d, %d)))\n".formatted((Object[]) sizes);
    }

    private int dimension(int dimension) {
        return launch.loopNest() ? launch.sizes().size() - 1 - dimension : dimension;
    }

    /** {@return the expression of an id} */
    String expression(Op.ThreadId id) {
        int dimension = id.dimension();
        boolean exists = dimension < launch.sizes().size();
        if (!exists && launch.loopNest()) {
            return "0";
        }
        return switch (id.kind()) {
            case GLOBAL -> call("get_global_id", dimension);
            case LOCAL -> call("get_local_id", dimension);
            case GROUP -> call("get_group_id", dimension);
            case GLOBAL_SIZE -> call("get_global_size", dimension);
            case LOCAL_SIZE ->
                exists && !launch.groupSizes().isEmpty()
                        ? launch.groupSizes().get(dimension).toString()
                        : call("get_local_size", dimension);
        };
    }

    private String call(String function, int dimension) {
        return "(int) " + function + "(" + dimension(dimension) + ")";
    }

    /** {@return a name for an id that has none in Java} */
    static String name(Op.ThreadId id) {
        String axis = List.of("X", "Y", "Z").get(id.dimension());
        return switch (id.kind()) {
                    case GLOBAL -> "global";
                    case LOCAL -> "local";
                    case GROUP -> "group";
                    case GLOBAL_SIZE -> "globalSize";
                    case LOCAL_SIZE -> "localSize";
                }
                + axis;
    }
}
