// Prints where llama.cpp's library lies, for programs that call it themselves.

import { libraryFile } from "./engine.mjs";
import { run } from "./options.mjs";

await run(() => process.stdout.write(`${libraryFile()}\n`));
