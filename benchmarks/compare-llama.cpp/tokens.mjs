// What llama.cpp generates greedily from given token ids, and its logits: the oracle for this project's own.

import { writeFileSync } from "node:fs";
import { Engine, KV_TYPES } from "./engine.mjs";
import { modelFile, oneOf, readOptions, run, UsageError, wholeNumber } from "./options.mjs";

const HELP = `usage: run tokens -m FILE (--tokens IDS | --text TEXT) [options]
Prints {"prompt", "tokens", "logprobs", "gaps", "text"} as JSON: the greedy tokens, the log-probability of each, and how
far its logit is ahead of the second best (a small gap is where two correct programs may part).
  -m, --model FILE        model
      --tokens IDS        the prompt as ids, comma separated; nothing is added
      --text TEXT         the prompt as text; begin-of-sequence is put before its tokens
      --no-bos            do not put it there
  -n, --n-gen N           tokens to generate (default 16); the end-of-sequence token does not stop
      --logits-out FILE   write the logits of all evaluated positions, float32 [positions, vocabulary], as .npy
  -t, --threads N         threads (default 2)
  -b, --batch N           tokens of the prompt evaluated at a time (default 512)
      --kv TYPE           type of the KV cache: f16, f32 (default f32)
      --flash-attention   use flash attention (default: off)
`;

// The .npy format, version 1.0: magic, header length, a Python dict padded to 64 bytes, the data.
function npy(rows) {
    const shape = `(${rows.length}, ${rows[0].length})`;
    const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`;
    const before = 10;
    const header = dict.padEnd(Math.ceil((before + dict.length + 1) / 64) * 64 - before - 1) + "\n";
    const length = Buffer.alloc(2);
    length.writeUInt16LE(header.length);
    return Buffer.concat([
        Buffer.from("\x93NUMPY\x01\x00", "latin1"), length, Buffer.from(header, "latin1"),
        ...rows.map((row) => Buffer.from(row.buffer, row.byteOffset, row.byteLength)),
    ]);
}

function describe({ greedy, values }) {
    const best = values[greedy];
    let second = -Infinity;
    let sum = 0;
    values.forEach((value, id) => {
        sum += Math.exp(value - best);
        if (id !== greedy && value > second) second = value;
    });
    return { logprob: -Math.log(sum), gap: best - second };
}

await run(async () => {
    const values = readOptions(HELP, {
        model: { type: "string", short: "m" },
        tokens: { type: "string" },
        text: { type: "string" },
        "no-bos": { type: "boolean", default: false },
        "n-gen": { type: "string", short: "n", default: "16" },
        "logits-out": { type: "string" },
        threads: { type: "string", short: "t", default: "2" },
        batch: { type: "string", short: "b", default: "512" },
        kv: { type: "string", default: "f32" },
        "flash-attention": { type: "boolean", default: false },
    });
    const file = modelFile(values.model);
    if ((values.tokens === undefined) === (values.text === undefined)) {
        throw new UsageError("give the prompt either with --tokens or with --text");
    }
    const given = values.tokens?.split(",").map((id) => wholeNumber("--tokens", id.trim()));
    const count = wholeNumber("--n-gen", values["n-gen"]);
    // Text has at most as many tokens as bytes, and two more.
    const longest = given?.length ?? Buffer.byteLength(values.text) + 2;
    const engine = await Engine.open({
        file,
        contextSize: longest + count,
        threads: wholeNumber("--threads", values.threads, 1),
        batchSize: wholeNumber("--batch", values.batch, 1),
        kv: oneOf("--kv", values.kv, Object.keys(KV_TYPES)),
        flashAttention: values["flash-attention"],
    });
    const prompt = given ?? [...(values["no-bos"] ? [] : [engine.bos]), ...engine.tokenize(values.text)];
    if (prompt.length === 0) throw new UsageError("the prompt is empty");
    const logitsOut = values["logits-out"];
    const rows = [];
    const result = { prompt, tokens: [], logprobs: [], gaps: [] };
    let last;
    const keep = async (_, place) => {
        last = await engine.logits(place);
        if (logitsOut !== undefined) rows.push(last.values);
    };
    await engine.decode(prompt, 0, logitsOut === undefined ? [prompt.length - 1] : true, keep);
    for (let i = 0; i < count; i++) {
        const { logprob, gap } = describe(last);
        result.tokens.push(last.greedy);
        result.logprobs.push(logprob);
        result.gaps.push(gap);
        if (i + 1 < count) await engine.decode([last.greedy], prompt.length + i, true, keep);
    }
    result.text = engine.detokenize(result.tokens);
    if (logitsOut !== undefined) writeFileSync(logitsOut, npy(rows));
    await engine.close();
    process.stdout.write(JSON.stringify({ ...result, build: engine.version, cpu_variant: engine.cpuVariant }) + "\n");
});
