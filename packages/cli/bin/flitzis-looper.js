#!/usr/bin/env node
// The command, which exists before the package is built.
import { existsSync } from "node:fs";

const main = new URL("../dist/main.js", import.meta.url);
if (existsSync(main)) await import(main.href);
else {
	process.stderr.write("flitzis-looper: The command is not built. Run npm run build.\n");
	process.exitCode = 1;
}
