// Perplexity of the same text from llama.cpp's logits and from `sirocco perplexity`, with the windows of llama.cpp's own
// tool: the first half of each gives context, the second is scored, and a window begins with begin-of-sequence.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Engine, KV_TYPES } from "./engine.mjs";
import { modelFile, oneOf, readOptions, run, UsageError, wholeNumber } from "./options.mjs";

const HELP = `usage: run perplexity -m FILE -f TEXT [options]
Measures the perplexity of a text with llama.cpp and with sirocco. Exit code 1 when they are further apart than the limit.
  -m, --model FILE     model; where it has a sliding window, sirocco is told to ignore it, as llama.cpp does
  -f, --file TEXT      the text
      --ctx N          tokens of a window (default 512)
      --chunks N       windows (default: all)
      --kv TYPE        type of the KV cache of both: f32, f16, q8_0 (default f32)
  -t, --threads N      threads of both (default 2)
  -d, --device ID      sirocco's device (default cpu)
      --limit PERCENT  largest difference (default 0.5)
      --json           print an object
`;

function tokens(launcher, file, text) {
    const { status, stdout } = spawnSync(
        launcher, ["tokenize", "-m", file], { input: text, encoding: "utf8", stdio: ["pipe", "pipe", "inherit"], maxBuffer: 2 ** 30 });
    if (status !== 0) throw new Error("sirocco tokenize failed, see above");
    return stdout.trim().split(" ").map(Number);
}

async function measure(engine, ids, window, chunks) {
    let sum = 0;
    let squares = 0;
    let count = 0;
    const first = window >> 1;
    const wanted = Array.from({ length: window - 1 - first }, (_, i) => first + i);
    for (let chunk = 0; chunk < chunks; chunk++) {
        const part = ids.slice(chunk * window, (chunk + 1) * window);
        part[0] = engine.bos;
        engine.clear();
        await engine.decode(part, 0, wanted, async (index, place) => {
            const { greedy, values } = await engine.logits(place);
            let total = 0;
            values.forEach((value) => { total += Math.exp(value - values[greedy]); });
            const nll = values[greedy] + Math.log(total) - values[part[index + 1]];
            sum += nll;
            squares += nll * nll;
            count++;
        });
    }
    const mean = sum / count;
    const error = Math.sqrt((squares / count - mean * mean) / (count - 1));
    return { perplexity: Math.exp(mean), error: error * Math.exp(mean), count };
}

await run(async () => {
    const values = readOptions(HELP, {
        model: { type: "string", short: "m" },
        file: { type: "string", short: "f" },
        ctx: { type: "string", default: "512" },
        chunks: { type: "string" },
        threads: { type: "string", short: "t", default: "2" },
        device: { type: "string", short: "d", default: "cpu" },
        kv: { type: "string", default: "f32" },
        limit: { type: "string", default: "0.5" },
        json: { type: "boolean", default: false },
    });
    const file = modelFile(values.model);
    if (values.file === undefined || !existsSync(values.file)) throw new UsageError("give a text with -f FILE");
    const window = wholeNumber("--ctx", values.ctx, 4);
    const threads = wholeNumber("--threads", values.threads, 1);
    const kv = oneOf("--kv", values.kv, Object.keys(KV_TYPES));
    if (!(Number(values.limit) > 0)) throw new UsageError(`--limit ${values.limit}`);
    const launcher = path.join(import.meta.dirname, "..", "..", "scripts", "sirocco");
    const ids = tokens(launcher, file, readFileSync(values.file, "utf8"));
    const all = Math.floor(ids.length / window);
    const chunks = values.chunks === undefined ? all : Math.min(all, wholeNumber("--chunks", values.chunks, 1));
    if (all < 2) throw new Error(`${values.file}: ${ids.length} tokens are fewer than two windows of ${window}`);
    const ours = spawnSync(
        launcher,
        ["perplexity", "-m", file, "-f", values.file, "--ctx", String(window), "--chunks", String(chunks), "--json",
            "--device", values.device, "--threads", String(threads), "--window", "0", "--cache-type", kv],
        { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    if (ours.status !== 0) throw new Error("sirocco perplexity failed, see above");
    const sirocco = JSON.parse(ours.stdout);
    const engine = await Engine.open({
        file, threads, contextSize: window, batchSize: window, kv, flashAttention: kv === "q8_0",
    });
    const theirs = await measure(engine, ids, window, chunks);
    const description = engine.description;
    await engine.close();
    if (sirocco.scored !== theirs.count) throw new Error(`sirocco scored ${sirocco.scored} tokens, llama.cpp ${theirs.count}`);
    const difference = 100 * (sirocco.perplexity / theirs.perplexity - 1);
    const result = {
        model: path.basename(file), description, kv, llama_cpp: theirs.perplexity, llama_cpp_error: theirs.error,
        sirocco: sirocco.perplexity, sirocco_error: sirocco.standard_error, percent_apart: difference,
        tokens: theirs.count,
    };
    process.stdout.write(
        values.json
            ? JSON.stringify(result) + "\n"
            : `${result.model} (${description}), KV cache ${kv}: llama.cpp ${theirs.perplexity.toFixed(4)} +/- ` +
              `${theirs.error.toFixed(4)}, sirocco ${sirocco.perplexity.toFixed(4)} +/- ` +
              `${sirocco.standard_error.toFixed(4)}, ${difference.toFixed(3)} % apart, ${theirs.count} tokens\n`);
    if (!(Math.abs(difference) <= Number(values.limit))) throw new Error(`that is more than ${values.limit} %`);
});
