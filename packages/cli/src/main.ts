import { runCommandLine } from "./command-line.ts";
import { endings } from "./terminal.ts";

const ending = new AbortController();
for (const signal of endings) process.once(signal, () => ending.abort(signal));

const { stdin, stdout, stderr } = process;
process.exitCode = await runCommandLine(process.argv.slice(2), { stdin, stdout, stderr, signal: ending.signal });
