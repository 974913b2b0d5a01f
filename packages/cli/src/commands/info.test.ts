import { execFileSync } from "node:child_process";
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeWave } from "../../../engine/test/fixtures.ts";
import { runCommandLine } from "../command-line.ts";

let folder = "";
let slow = "";
let fast = "";
let letters = "";

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "info-"));
	const squareWave = Float32Array.from({ length: 24_000 }, (_, frame) => (frame % 64 < 32 ? 0.5 : -0.5));
	slow = join(folder, "slow.wav");
	fast = join(folder, "fast.wav");
	letters = join(folder, "text.wav");
	writeFileSync(slow, writeWave(squareWave, { sampleRate: 16_000, channels: 1 }));
	writeFileSync(fast, writeWave(squareWave, { sampleRate: 96_000, channels: 1 }));
	writeFileSync(letters, "sixteen letters.");
});

afterAll(() => {
	rmSync(folder, { recursive: true });
});

/** What surrounds a command. */
interface Settings {
	readonly isTTY?: boolean;
	readonly signal?: AbortSignal;
	readonly stdin?: Readable;
}

/** Runs `flitzis-looper info`, with or without a terminal. */
async function info(
	args: readonly string[],
	{ isTTY = false, signal = new AbortController().signal, stdin = Readable.from([]) }: Settings = {},
) {
	const stdout = new PassThrough();
	const stderr = Object.assign(new PassThrough(), { isTTY });
	const written = Promise.all([buffer(stdout), text(stderr)]);
	const exitCode = await runCommandLine(["info", ...args], { stdin, stdout, stderr, signal });
	stdout.end();
	stderr.end();
	const [bytes, errors] = await written;
	return { exitCode, output: bytes.toString(), bytes, errors };
}

test("files are listed in a table with rate, length and peak", async () => {
	const { exitCode, output, errors } = await info([slow, fast]);
	expect(exitCode).toBe(0);
	expect(errors).toBe("");
	const [headings, first, second, ...rest] = output.split("\n");
	expect(headings).toMatch(/^Format +Rate +Channels +Duration +Peak +File$/);
	expect(first).toMatch(/^WAV +16000 Hz +1 +0:01\.500 +-6\.02 dB +\S+slow\.wav$/);
	expect(second).toMatch(/^WAV +96000 Hz +1 +0:00\.250 +-6\.02 dB +\S+fast\.wav$/);
	expect(rest).toEqual([""]);
});

test("--json prints the same as JSON, failed files included, in the order of the arguments", async () => {
	const { exitCode, output } = await info(["--json", fast, letters, slow]);
	expect(exitCode).toBe(1);
	const common = { format: "WAV", channels: 1, frames: 24_000, peak: 0.5, warnings: [] };
	expect(JSON.parse(output)).toEqual([
		{ file: fast, sampleRate: 96_000, durationSec: 0.25, ...common },
		{ file: letters, error: { code: "unsupported-format", message: expect.any(String) } },
		{ file: slow, sampleRate: 16_000, durationSec: 1.5, ...common },
	]);
});

test("a failed file is reported with its reason, the others are listed, and the exit code is 1", async () => {
	const nowhere = join(folder, "nowhere.wav");
	const { exitCode, output, errors } = await info([nowhere, slow]);
	expect(exitCode).toBe(1);
	expect(errors).toBe(`flitzis-looper: ${nowhere}: File not found\n`);
	expect(output).toContain("slow.wav");
});

test("an empty name is said to be one", async () => {
	const { exitCode, output, errors } = await info(["", slow, "--json"]);
	expect([exitCode, errors]).toEqual([1, "flitzis-looper: The name of the file is empty. Name a file.\n"]);
	expect(JSON.parse(output)).toMatchObject([
		{ file: "", error: { code: "read-failed" } },
		{ file: slow, peak: 0.5 },
	]);
});

test("a call without files is wrong usage: exit code 2", async () => {
	const { exitCode, errors } = await info([]);
	expect(exitCode).toBe(2);
	expect(errors).toContain("missing required argument 'file'");
});

test("a terminal shows the progress, separate from the output", async () => {
	const { errors, output } = await info([slow], { isTTY: true });
	expect(errors).toMatch(/100% Loading \([a-z]+\) slow\.wav/);
	expect(output).not.toContain("%");
});

test("Ctrl-C ends the command with exit code 130 before further files", async () => {
	const { exitCode, output } = await info([slow, fast], { signal: AbortSignal.abort("SIGINT") });
	expect([exitCode, output]).toEqual([130, ""]);
});

test("standard input and pipes are read like files, whatever their rate", async () => {
	const { exitCode, output, errors } = await info(["-", slow], { stdin: createReadStream(fast) });
	expect([exitCode, errors]).toEqual([0, ""]);
	expect(output).toMatch(/^WAV +96000 Hz +1 +0:00\.250 +-6\.02 dB +-$/m);
	expect(output).toMatch(/16000 Hz/);
});

test.skipIf(process.platform === "win32")("a named pipe is read once", async () => {
	const pipe = join(folder, "pipe");
	execFileSync("mkfifo", [pipe]);
	const [{ exitCode, output }] = await Promise.all([info([pipe]), writeFile(pipe, readFileSync(fast))]);
	expect([exitCode, output]).toEqual([0, expect.stringContaining("96000 Hz")]);
});
