// Compares sirocco's logits and greedy tokens with llama.cpp's on the same file.
//
// llama.cpp generates greedily; sirocco then scores the whole sequence, so that both see the same tokens at every
// position even where a near tie makes them choose differently.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Engine } from "./engine.mjs";
import { modelFile, readOptions, run, UsageError, wholeNumber } from "./options.mjs";

const HELP = `usage: run check -m FILE [options]
Lets llama.cpp generate, scores the same tokens with sirocco, and compares logits and best tokens at every position.
Exit code 1 when the logits are further apart than the weights' format explains.
  -m, --model FILE     model; where it has a sliding window, sirocco is told to ignore it, as llama.cpp does
      --tokens IDS     the prompt as ids (default: begin-of-sequence and seven more)
  -n, --n-gen N        tokens to generate (default 32)
  -t, --threads N      threads of both (default 2)
  -d, --device ID      sirocco's device (default cpu)
      --limit PART     largest root mean square of the difference, as a part of the logits' standard deviation
                       (default: 0.002 for F32 and F16, whose sums are rounded in another order; 0.005 for BF16, where
                       llama.cpp rounds activations to 8 bits of fraction; 0.03 for the others, whose activations are
                       rounded to 127 steps, so that a tiny difference becomes a whole step). Where a model has
                       experts, the limit is for the median of positions: a rounding may choose another expert.
      --json           print an object
`;

const LAUNCHER = path.join(import.meta.dirname, "..", "..", "scripts", "sirocco");

function readNpy(file) {
    const bytes = readFileSync(file);
    const headerBytes = bytes.readUInt16LE(8);
    const header = bytes.toString("latin1", 10, 10 + headerBytes);
    const shape = /'shape': \((\d+), (\d+)\)/.exec(header);
    if (!header.includes("'<f4'") || shape === null) throw new Error(`${file}: not a float32 matrix: ${header}`);
    const columns = Number(shape[2]);
    const data = bytes.subarray(10 + headerBytes);
    return Array.from({ length: Number(shape[1]) }, (_, row) =>
        Float32Array.from({ length: columns }, (_, i) => data.readFloatLE((row * columns + i) * 4)));
}

function best(values) {
    let first = 0;
    let second = -1;
    for (let id = 1; id < values.length; id++) {
        if (values[id] > values[first]) {
            second = first;
            first = id;
        } else if (second < 0 || values[id] > values[second]) {
            second = id;
        }
    }
    return { id: first, gap: values[first] - values[second] };
}

// All logits that llama.cpp computes, with the tokens that they follow.
async function generate(engine, prompt, count) {
    const rows = [];
    const tokens = [...prompt];
    const keep = async (_, place) => rows.push((await engine.logits(place)).values);
    await engine.decode(prompt, 0, true, keep);
    for (let i = 0; i < count; i++) {
        const next = best(rows.at(-1)).id;
        tokens.push(next);
        await engine.decode([next], tokens.length - 1, true, keep);
    }
    return { tokens, rows };
}

function score(file, tokens, options) {
    const folder = mkdtempSync(path.join(os.tmpdir(), "sirocco-check-"));
    const logits = path.join(folder, "logits.npy");
    try {
        const shared = ["--device", options.device, "--threads", String(options.threads), "--window", "0"];
        const { status } = spawnSync(
            LAUNCHER,
            ["score", "-m", file, "--tokens", tokens.join(","), "--logits-out", logits, ...shared],
            { stdio: ["ignore", "ignore", "inherit"] });
        if (status !== 0) throw new Error("sirocco score failed, see above");
        return readNpy(logits);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

function hasExperts(file) {
    const { status, stdout } = spawnSync(
        LAUNCHER, ["inspect", "-m", file, "--json"], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 2 ** 30 });
    if (status !== 0) throw new Error("sirocco inspect failed, see above");
    const { metadata } = JSON.parse(stdout);
    return metadata[`${metadata["general.architecture"]}.expert_count`] > 0;
}

function limitOf(description) {
    if (/BF16/.test(description)) return 0.005;
    return /F32|F16/.test(description) ? 0.002 : 0.03;
}

function compare(theirs, ours) {
    let sum = 0;
    let squares = 0;
    let differences = 0;
    let worst = 0;
    let count = 0;
    let equal = 0;
    let widest = 0;
    const ofPositions = [];
    theirs.forEach((row, position) => {
        const before = differences;
        row.forEach((value, id) => {
            const difference = Math.abs(value - ours[position][id]);
            // Not below the limit when it is NaN.
            if (!(difference <= worst)) worst = difference;
            differences += difference * difference;
            sum += value;
            squares += value * value;
            count++;
        });
        ofPositions.push(Math.sqrt((differences - before) / row.length));
        const { id, gap } = best(row);
        if (best(ours[position]).id === id) equal++;
        else widest = Math.max(widest, gap);
    });
    const deviation = Math.sqrt(squares / count - (sum / count) ** 2);
    ofPositions.sort((a, b) => a - b);
    return {
        deviation,
        rms: Math.sqrt(differences / count) / deviation,
        median: ofPositions[ofPositions.length >> 1] / deviation,
        worst: worst / deviation,
        equal,
        widest,
    };
}

await run(async () => {
    const values = readOptions(HELP, {
        model: { type: "string", short: "m" },
        tokens: { type: "string" },
        "n-gen": { type: "string", short: "n", default: "32" },
        threads: { type: "string", short: "t", default: "2" },
        device: { type: "string", short: "d", default: "cpu" },
        limit: { type: "string" },
        json: { type: "boolean", default: false },
    });
    const file = modelFile(values.model);
    const threads = wholeNumber("--threads", values.threads, 1);
    const count = wholeNumber("--n-gen", values["n-gen"]);
    const given = values.tokens?.split(",").map((id) => wholeNumber("--tokens", id.trim()));
    if (values.limit !== undefined && !(Number(values.limit) > 0)) throw new UsageError(`--limit ${values.limit}`);
    const length = (given?.length ?? 8) + count;
    const engine = await Engine.open({
        file, threads, contextSize: length, batchSize: 512, kv: "f32", flashAttention: false,
    });
    const { tokens, rows } = await generate(engine, given ?? [engine.bos, 260, 270, 280, 290, 300, 310, 320], count);
    const { description } = engine;
    await engine.close();
    const ours = score(file, tokens, { threads, device: values.device });
    if (ours.length !== rows.length || ours[0].length !== rows[0].length) {
        throw new Error(`sirocco gave ${ours.length} × ${ours[0].length} logits, llama.cpp ${rows.length} × ${rows[0].length}`);
    }
    const limit = Number(values.limit ?? limitOf(description));
    const result = compare(rows, ours);
    const experts = hasExperts(file);
    if (values.json) {
        process.stdout.write(
            JSON.stringify({ model: path.basename(file), description, positions: rows.length, experts, limit, ...result }) + "\n");
    } else {
        const wide = result.widest > 0 ? `, elsewhere its best two are at most ${result.widest.toFixed(4)} apart` : "";
        process.stdout.write(
            `${file} (${description}): the best token is llama.cpp's at ${result.equal} of ${rows.length} positions${wide}; ` +
            `logits differ by rms ${result.rms.toExponential(1)} (median of positions ${result.median.toExponential(1)}), ` +
            `at most ${result.worst.toExponential(1)} of their standard deviation (${result.deviation.toFixed(2)})\n`);
    }
    if (!((experts ? result.median : result.rms) <= limit)) {
        throw new Error(`that is more than the ${limit} that the weights' format explains`);
    }
});
