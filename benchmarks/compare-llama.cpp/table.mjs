// Joins the rows of `sirocco bench -o json` and of bench.mjs: table.mjs md|json N.sirocco.json N.llama.json …

import { readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { processorName } from "./engine.mjs";

const [format, ...files] = process.argv.slice(2);
// Files of one number measured the same model; their rows need not name it alike.
const rows = files.flatMap((file) => {
    const [run, program] = path.basename(file, ".json").split(".");
    return JSON.parse(readFileSync(file, "utf8")).map((row) => ({ ...row, run, program }));
});

function table() {
    const speed = (row) => (row === undefined ? "–" : `${row.avg_ts.toFixed(2)} ± ${row.stddev_ts.toFixed(2)}`);
    const cells = [["model", "test", "sirocco t/s", "llama.cpp t/s", "ratio"]];
    const others = rows.filter((row) => row.program === "llama");
    for (const other of others) {
        const ours = rows.find((row) => row.program === "sirocco" && row.run === other.run && row.test === other.test);
        const ratio = ours === undefined ? "–" : (ours.avg_ts / other.avg_ts).toFixed(2);
        cells.push([path.basename(other.model), other.test, speed(ours), speed(other), ratio]);
    }
    const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
    const line = (row) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`;
    const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
    return [line(cells[0]), rule, ...cells.slice(1).map(line)].join("\n");
}

if (format === "json") {
    process.stdout.write(JSON.stringify(rows, undefined, 2) + "\n");
} else {
    const llama = rows.find((row) => row.program === "llama");
    process.stdout.write(
        `${processorName()}, ${llama.n_threads} threads, load ${os.loadavg()[0].toFixed(1)}, ` +
        `${new Date().toISOString().slice(0, 10)}; llama.cpp: ${llama.build}, variant ${llama.cpu_variant}\n\n` +
        table() + "\n");
}
