// llama.cpp through the addon that node-llama-cpp ships: load a model, decode batches, read logits.
//
// node-llama-cpp's own layer is left out, so that nothing of it (its scheduler, its sampling defaults) is between the
// measurement and llama_decode. Weights stay memory-mapped and on the CPU: GPU layers are 0. The addon picks, of the
// libggml-cpu variants beside it, the one that scores highest on this processor.

import { createRequire } from "node:module";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

// node-llama-cpp's builds by platform and architecture; all of them compute on the CPU when told to.
const BUILDS = {
    "linux x64": "linux-x64",
    "linux arm64": "linux-arm64",
    "darwin arm64": "mac-arm64-metal",
    "darwin x64": "mac-x64",
};
// The numbers of ggml's types.
export const KV_TYPES = { f32: 0, f16: 1, q8_0: 8 };

function buildName() {
    const build = BUILDS[`${process.platform} ${process.arch}`];
    if (build === undefined) throw new Error(`no prebuilt llama.cpp for ${process.platform} ${process.arch}`);
    return build;
}

// The npm package to install, with its version.
export function packageName() {
    const { config } = JSON.parse(readFileSync(path.join(import.meta.dirname, "package.json"), "utf8"));
    return `@node-llama-cpp/${buildName()}@${config["node-llama-cpp"]}`;
}

function installed() {
    const build = buildName();
    const folder = path.join(import.meta.dirname, "node_modules", "@node-llama-cpp", build);
    const binaries = path.join(folder, "bins", build);
    if (!existsSync(binaries)) {
        throw new Error(`${folder} is not installed: start this through the script beside it`);
    }
    return { folder, binaries };
}

// libllama itself.
export function libraryFile() {
    const { binaries } = installed();
    const name = readdirSync(binaries).find((file) => /^libllama\.(.*\.)?(so|dylib)$/.test(file));
    if (name === undefined) throw new Error(`${binaries} has no libllama`);
    return path.join(binaries, name);
}

async function loadAddon() {
    const { folder, binaries } = installed();
    const addon = createRequire(import.meta.url)(path.join(binaries, "llama-addon.node"));
    addon.setLogger((level, message) => {
        if (level <= 2) process.stderr.write(message.endsWith("\n") ? message : message + "\n");
    });
    addon.setLoggerLogLevel(2);
    addon.loadBackends(binaries);
    await addon.init();
    const version = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")).version;
    return { addon, version: `node-llama-cpp ${version}` };
}

// The libggml-cpu variant that is mapped into this process, where the system tells.
function cpuVariant() {
    try {
        return /libggml-cpu-?(\w*)\.so/.exec(readFileSync("/proc/self/maps", "utf8"))?.[1] || "generic";
    } catch {
        return process.arch;
    }
}

export function processorName() {
    try {
        return /^model name\s*:\s*(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1] ?? process.arch;
    } catch {
        return process.arch;
    }
}

export class Engine {
    #addon;
    #model;
    #context;
    #sampler;

    // options: file, threads, contextSize, batchSize, kv (of KV_TYPES), flashAttention (needed for q8_0)
    static async open(options) {
        const engine = new Engine();
        const { addon, version } = await loadAddon();
        engine.#addon = addon;
        engine.version = version;
        engine.#model = new addon.AddonModel(options.file, { addonExports: addon, gpuLayers: 0, useMmap: true });
        if (!(await engine.#model.init())) throw new Error(`${options.file}: llama.cpp cannot load it`);
        const kvType = KV_TYPES[options.kv];
        engine.#context = new addon.AddonContext(engine.#model, {
            contextSize: options.contextSize,
            batchSize: options.batchSize,
            sequences: 1,
            threads: options.threads,
            flashAttention: options.flashAttention,
            kvCacheKeyType: kvType,
            kvCacheValueType: kvType,
        });
        if (!(await engine.#context.init())) throw new Error(`${options.file}: llama.cpp cannot make a context`);
        engine.#context.setThreads(options.threads);
        engine.#sampler = new addon.AddonSampler(engine.#model);
        engine.#sampler.applyConfig({ temperature: 0 });
        engine.batchSize = options.batchSize;
        engine.cpuVariant = cpuVariant();
        engine.systemInfo = addon.systemInfo();
        engine.description = engine.#model.getModelDescription();
        engine.sizeBytes = engine.#model.getModelSize();
        engine.parameters = engine.#model.getTotalParameters();
        return engine;
    }

    get bos() {
        return this.#model.tokenBos();
    }

    tokenize(text) {
        return Array.from(this.#model.tokenize(text, false));
    }

    detokenize(tokens) {
        return this.#model.detokenize(Uint32Array.from(tokens), false);
    }

    // Forgets every position.
    clear() {
        this.#context.disposeSequence(0);
    }

    // Evaluates tokens at position and following, in batches. Of those whose index is in wanted (all when true), returns
    // what onLogits gives for (index, place in the batch); the logits are gone when the next batch starts.
    async decode(tokens, position, wanted = [], onLogits = undefined) {
        for (let begin = 0; begin < tokens.length; begin += this.batchSize) {
            const batch = tokens.slice(begin, begin + this.batchSize);
            const indexes = batch.map((_, i) => i).filter((i) => wanted === true || wanted.includes(begin + i));
            this.#context.initBatch(batch.length);
            const places = this.#context.addToBatch(
                0, position + begin, Uint32Array.from(batch), Uint32Array.from(indexes));
            await this.#context.decodeBatch();
            for (let i = 0; i < indexes.length; i++) await onLogits(begin + indexes[i], places[i]);
        }
    }

    // The raw logits at a place of the last batch, by token id, and the greedy token among them.
    async logits(place) {
        const [greedy, , , sorted] = await this.#context.sampleToken(place, this.#sampler, false, false, true);
        const values = new Float32Array(sorted.length / 2);
        for (let i = 0; i < sorted.length; i += 2) values[sorted[i]] = sorted[i + 1];
        return { greedy, values };
    }

    async close() {
        this.#sampler.dispose();
        await this.#context.dispose();
        await this.#model.dispose();
    }
}
