package dev.sirocco.cli.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names of a row's values in the formats for machines. */
final class Fields {
    private Fields() {}

    /** {@return values by name in the order of output: texts, whole numbers, numbers, lists of numbers} */
    static Map<String, Object> of(BenchRow row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("model", row.model());
        fields.put("model_filename", row.fileName());
        fields.put("model_size", row.modelSize());
        fields.put("n_params", row.params());
        fields.put("token_bytes", row.tokenBytes());
        fields.put("backend", row.device().backend());
        fields.put("device", row.device().id());
        fields.put("device_name", row.device().name());
        fields.put("n_threads", row.device().threads());
        fields.put("n_prompt", row.promptTokens());
        fields.put("n_gen", row.newTokens());
        fields.put("n_depth", row.depth());
        fields.put("test", row.test());
        fields.put("test_time", row.time().toString());
        fields.put("avg_ns", row.averageNanos());
        fields.put("stddev_ns", row.deviationNanos());
        fields.put("avg_ts", row.averageTokensPerSecond());
        fields.put("stddev_ts", row.deviationTokensPerSecond());
        fields.put("gb_s", row.gigabytesPerSecond());
        fields.put("device_gb_s", row.device().bandwidth().readGigabytes());
        fields.put("device_copy_gb_s", row.device().bandwidth().copyGigabytes());
        fields.put("bandwidth_share", row.bandwidthShare());
        fields.put("copy_share", row.copyShare());
        fields.put("compile_ns", row.device().compileNanos());
        fields.put("load_ns", row.device().loadNanos());
        fields.put("samples_ns", row.samplesNanos());
        fields.put("samples_ts", row.samplesTokensPerSecond());
        return fields;
    }
}
