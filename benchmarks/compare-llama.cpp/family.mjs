// Every weight type, every member of the family and every type of KV cache, beside llama.cpp: check and perplexity on
// files that are made for it.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { readOptions, run, wholeNumber } from "./options.mjs";

const HELP = `usage: run family [options]
Makes small random models of every weight type and every member of the family, and the small model in every type, in a
temporary folder; compares logits and perplexity of each with llama.cpp's, and prints tables. Exit code 1 when one is
further apart than check and perplexity allow. Takes some ten minutes.
  -t, --threads N      threads of both (default 2)
  -d, --device ID      sirocco's device (default cpu)
      --chunks N       windows of 256 tokens for perplexity, 103 at most (default 40)
`;

const TYPES = [
    "F32", "F16", "BF16", "Q8_0", "Q6_K", "Q5_K", "Q5_1", "Q5_0", "Q4_K", "Q4_1", "Q4_0", "IQ4_NL", "IQ4_XS", "Q3_K", "Q2_K",
];
const MEMBERS = ["nemo", "ministral", "mistral3", "mixtral"];
const MIXTURES = [
    "F32", "F16", "BF16", "Q8_0", "Q6_K", "Q5_K_M", "Q5_1", "Q5_0", "Q4_K_M", "Q4_K_S", "Q4_1", "Q4_0", "IQ4_NL", "IQ4_XS",
    "Q3_K_M", "Q3_K_S", "Q2_K",
];
const ROOT = path.join(import.meta.dirname, "..", "..");
const SMALL = path.join(ROOT, "model", "pretrained", "wordnet");

// Beyond the 128 positions from which mistral3 raises the attention's temperature.
const LONG_PROMPT = [1, ...Array.from({ length: 199 }, (_, i) => 259 + ((37 * i) % 3800))].join(",");

let failed = false;

function start(program, args) {
    const { status, stdout } = spawnSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    if (stdout.startsWith("{")) failed ||= status !== 0;
    else if (status !== 0) throw new Error(`${path.basename(program)} ${args[0]} failed, see above`);
    return stdout;
}

function own(command, args) {
    const stdout = start(path.join(import.meta.dirname, "run"), [command, ...args, "--json"]);
    if (!stdout.startsWith("{")) throw new Error(`run ${command} failed, see above`);
    return JSON.parse(stdout);
}

function row(...cells) {
    process.stdout.write(`| ${cells.join(" | ")} |\n`);
}

function head(...cells) {
    process.stdout.write("\n");
    row(...cells);
    process.stdout.write(`|${"---|".repeat(cells.length)}\n`);
}

function checkRandom(folder, preset, type, common, ...prompt) {
    const file = path.join(folder, `${preset}.${type}.gguf`);
    start(path.join(ROOT, "scripts", "make-model"), ["--preset", preset, "--type", type, "-o", file]);
    const { rms, median, worst, equal, positions } = own("check", ["-m", file, "-n", "24", ...common, ...prompt]);
    rmSync(file);
    row(preset, type, rms.toExponential(1), median.toExponential(1), worst.toExponential(1), `${equal} of ${positions}`);
}

function perplexity(name, file, kv, chunks, common) {
    const result = own("perplexity", [
        "-m", file, "-f", path.join(SMALL, "heldout.txt"), "--ctx", "256", "--chunks", chunks, "--kv", kv, ...common,
    ]);
    row(name, kv, result.llama_cpp.toFixed(4), result.sirocco.toFixed(4), `${result.percent_apart.toFixed(3)} %`);
    return result;
}

await run(async () => {
    const values = readOptions(HELP, {
        threads: { type: "string", short: "t", default: "2" },
        device: { type: "string", short: "d", default: "cpu" },
        chunks: { type: "string", default: "40" },
    });
    const common = ["-t", String(wholeNumber("--threads", values.threads, 1)), "-d", values.device];
    const chunks = String(wholeNumber("--chunks", values.chunks, 1));
    const folder = mkdtempSync(path.join(os.tmpdir(), "sirocco-family-"));
    try {
        head("random model", "type", "rms", "median of positions", "largest", "same best token");
        for (const type of TYPES) checkRandom(folder, "nemo", type, common);
        for (const preset of MEMBERS) {
            if (preset !== "nemo") checkRandom(folder, preset, "F32", common, "--tokens", LONG_PROMPT);
            checkRandom(folder, preset, "Q4_K_M", common);
        }
        head("small model as", "KV cache", "llama.cpp", "sirocco", "apart");
        const quantize = (from, to, type) =>
            start(path.join(ROOT, "scripts", "sirocco"), ["quantize", from, to, type, "--allow-requantize"]);
        const plain = path.join(folder, "F32.gguf");
        quantize(path.join(SMALL, "wordnet.Q8_0.gguf"), plain, "F32");
        let last;
        for (const kv of ["f32", "f16", "q8_0"]) last = perplexity("F32", plain, kv, chunks, common);
        for (const mixture of MIXTURES.slice(1)) {
            const file = path.join(folder, `${mixture}.gguf`);
            quantize(plain, file, mixture);
            last = perplexity(mixture, file, "f32", chunks, common);
            rmSync(file);
        }
        process.stdout.write(`\n${last.tokens} tokens scored for each perplexity\n`);
    } finally {
        rmSync(folder, { recursive: true });
    }
    if (failed) throw new Error("the limits were exceeded, see above");
});
