#!/usr/bin/env node
import { runCommandLine } from "./command-line.ts";

const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());

const { stdout, stderr } = process;
process.exitCode = await runCommandLine(process.argv.slice(2), { stdout, stderr, signal: ending.signal });
