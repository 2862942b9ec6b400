// Options of the two commands, and the one-line errors.

import { existsSync } from "node:fs";
import { parseArgs } from "node:util";

export class UsageError extends Error {}

// Reads process.argv by a table for parseArgs; help is printed and ends the process.
export function readOptions(help, options) {
    let values;
    try {
        ({ values } = parseArgs({ options: { ...options, help: { type: "boolean", short: "h" } } }));
    } catch (error) {
        throw new UsageError(error.message);
    }
    if (values.help) {
        process.stdout.write(help);
        process.exit(0);
    }
    return values;
}

export function wholeNumber(name, text, least = 0) {
    if (!/^\d+$/.test(text) || Number(text) < least) {
        throw new UsageError(`${name} ${text}: give a whole number from ${least}`);
    }
    return Number(text);
}

export function oneOf(name, text, allowed) {
    if (!allowed.includes(text)) throw new UsageError(`${name} ${text}: choose one of ${allowed.join(", ")}`);
    return text;
}

export function modelFile(file) {
    if (file === undefined) throw new UsageError("give a model with -m FILE");
    if (!existsSync(file)) throw new UsageError(`${file}: there is no such file`);
    return file;
}

// Runs a command: exit code 1 when it fails, 2 when it was called wrongly.
export async function run(main) {
    try {
        await main();
    } catch (error) {
        process.stderr.write(`compare-llama.cpp: ${error.message}\n`);
        process.exitCode = error instanceof UsageError ? 2 : 1;
    }
}
