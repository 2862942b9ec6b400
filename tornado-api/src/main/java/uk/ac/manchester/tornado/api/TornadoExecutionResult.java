package uk.ac.manchester.tornado.api;

import dev.sirocco.spi.ExecutionProfile;
import java.util.List;

/** What an execution left behind. Arrays that are transferred with every execution are on the host already. */
public class TornadoExecutionResult {
    private final TornadoExecutionPlan plan;
    private final TornadoProfilerResult profilerResult;

    TornadoExecutionResult(TornadoExecutionPlan plan, List<ExecutionProfile> profiles) {
        this.plan = plan;
        this.profilerResult = new TornadoProfilerResult(plan, profiles);
    }

    /** {@return the measured times; all zero unless the plan had a profiler} */
    public TornadoProfilerResult getProfilerResult() {
        return profilerResult;
    }

    /** Copies arrays that were left under demand to the host, as the plan's last execution left them. */
    public TornadoExecutionResult transferToHost(Object... objects) {
        plan.transferToHost(objects);
        return this;
    }
}
