// Tokens per second of llama.cpp, measured as its llama-bench does: a prompt of n random tokens, and n tokens one by one
// from an empty cache, each once to warm up and then several times.

import os from "node:os";
import { Engine, KV_TYPES, processorName } from "./engine.mjs";
import { modelFile, oneOf, readOptions, run, wholeNumber } from "./options.mjs";

const HELP = `usage: run bench -m FILE [options]
  -m, --model FILE        model; may be repeated
  -p, --n-prompt N        tokens of the prompt test, 0 for none (default 128)
  -n, --n-gen N           tokens of the generation test, 0 for none (default 32)
  -r, --repetitions N     measured runs of each (default 3)
  -t, --threads N         threads (default 2)
  -b, --batch N           tokens evaluated at a time (default 512)
      --kv TYPE           type of the KV cache: f16, f32 (default f16)
      --flash-attention   use flash attention (default: off)
  -o, --output FORMAT     md, json (default md)
`;

const NANOS = 1e9;

function mean(values) {
    return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values) {
    if (values.length < 2) return 0;
    const middle = mean(values);
    return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}

// Random, but the same in every run: a small multiplicative generator (Lehmer, 1951, with Park and Miller's constants).
function tokenStream(vocabulary) {
    let state = 1;
    return () => (state = (state * 48271) % 2147483647) % vocabulary;
}

async function measure(repetitions, tokens, once) {
    const nanos = [];
    for (let i = 0; i < repetitions; i++) {
        const begin = process.hrtime.bigint();
        await once();
        nanos.push(Number(process.hrtime.bigint() - begin));
    }
    const speeds = nanos.map((ns) => (tokens * NANOS) / ns);
    return {
        avg_ns: Math.round(mean(nanos)),
        stddev_ns: Math.round(deviation(nanos)),
        avg_ts: mean(speeds),
        stddev_ts: deviation(speeds),
        samples_ns: nanos,
        samples_ts: speeds,
    };
}

async function benchModel(file, options) {
    const engine = await Engine.open({ ...options, file, contextSize: Math.max(options.prompt, options.gen) + 1 });
    const common = {
        program: "llama.cpp",
        build: engine.version,
        cpu_variant: engine.cpuVariant,
        cpu_info: processorName(),
        device: "cpu",
        model: file,
        model_type: engine.description,
        model_size: engine.sizeBytes,
        model_n_params: engine.parameters,
        n_threads: options.threads,
        n_batch: options.batchSize,
        type_kv: options.kv,
        flash_attn: options.flashAttention,
    };
    // The ids past the control tokens and bytes: any vocabulary has them.
    const next = tokenStream(200);
    const prompt = async (count) => {
        engine.clear();
        await engine.decode([engine.bos, ...Array.from({ length: count - 1 }, next)], 0);
    };
    const generate = async (count) => {
        engine.clear();
        let token = engine.bos;
        for (let i = 0; i < count; i++) {
            await engine.decode([token], i);
            token = next();
        }
    };
    const rows = [];
    const add = async (test, count, warmUp, once) => {
        await warmUp();
        const load = os.loadavg()[0];
        const times = await measure(options.repetitions, count, once);
        rows.push({ ...common, test, ...times, load_1min: load, test_time: new Date().toISOString() });
    };
    if (options.prompt > 0) {
        const once = () => prompt(options.prompt);
        await add(`pp${options.prompt}`, options.prompt, once, once);
    }
    if (options.gen > 0) await add(`tg${options.gen}`, options.gen, () => generate(1), () => generate(options.gen));
    await engine.close();
    for (const row of rows) row.max_rss_bytes = process.resourceUsage().maxRSS * 1024;
    return rows;
}

function markdown(rows) {
    const cells = rows.map((row) => [
        row.model_type,
        (row.model_size / 2 ** 30).toFixed(2) + " GiB",
        (row.model_n_params / 1e9).toFixed(2) + " B",
        `cpu (${row.cpu_variant})`,
        String(row.n_threads),
        row.type_kv,
        row.test,
        `${row.avg_ts.toFixed(2)} ± ${row.stddev_ts.toFixed(2)}`,
    ]);
    const head = ["model", "size", "params", "device", "threads", "kv", "test", "t/s"];
    const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i].length)));
    const line = (row) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`;
    return [line(head), `|${widths.map((w) => "-".repeat(w + 2)).join("|")}|`, ...cells.map(line)].join("\n");
}

await run(async () => {
    const values = readOptions(HELP, {
        model: { type: "string", short: "m", multiple: true },
        "n-prompt": { type: "string", short: "p", default: "128" },
        "n-gen": { type: "string", short: "n", default: "32" },
        repetitions: { type: "string", short: "r", default: "3" },
        threads: { type: "string", short: "t", default: "2" },
        batch: { type: "string", short: "b", default: "512" },
        kv: { type: "string", default: "f16" },
        "flash-attention": { type: "boolean", default: false },
        output: { type: "string", short: "o", default: "md" },
    });
    const files = (values.model ?? [undefined]).map(modelFile);
    const options = {
        prompt: wholeNumber("--n-prompt", values["n-prompt"]),
        gen: wholeNumber("--n-gen", values["n-gen"]),
        repetitions: wholeNumber("--repetitions", values.repetitions, 1),
        threads: wholeNumber("--threads", values.threads, 1),
        batchSize: wholeNumber("--batch", values.batch, 1),
        kv: oneOf("--kv", values.kv, Object.keys(KV_TYPES)),
        flashAttention: values["flash-attention"],
    };
    const format = oneOf("--output", values.output, ["md", "json"]);
    const rows = [];
    for (const file of files) rows.push(...(await benchModel(file, options)));
    process.stdout.write((format === "json" ? JSON.stringify(rows, undefined, 2) : markdown(rows)) + "\n");
});
