import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drumBeat } from "../../../engine/test/analysis-sounds.ts";
import { writeWave } from "../../../engine/test/fixtures.ts";
import { runCommandLine } from "../command-line.ts";

let folder = "";
let loop = "";
let silence = "";
let letters = "";

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "analyze-"));
	[loop, silence, letters] = ["loop.wav", "silence.wav", "text.wav"].map((name) => join(folder, name)) as [
		string,
		string,
		string,
	];
	const { samples, sampleRate } = drumBeat({ bpm: 125, beats: 8, sampleRate: 32_000 });
	writeFileSync(loop, writeWave(samples, { coding: "s16", sampleRate, channels: 1 }));
	writeFileSync(silence, writeWave(new Float32Array(48_000), { coding: "s16", sampleRate: 48_000, channels: 1 }));
	writeFileSync(letters, "sixteen letters.");
});

afterAll(() => {
	rmSync(folder, { recursive: true });
});

async function analyze(args: readonly string[], stdin: Readable = Readable.from([])) {
	const [stdout, stderr] = [new PassThrough(), new PassThrough()];
	const written = Promise.all([text(stdout), text(stderr)]);
	const { signal } = new AbortController();
	const exitCode = await runCommandLine(["analyze", ...args], { stdin, stdout, stderr, signal });
	stdout.end();
	stderr.end();
	const [output, errors] = await written;
	return { exitCode, output, errors };
}

test("files are listed in a table with tempo, beats, key and loudness", async () => {
	const { exitCode, output, errors } = await analyze([loop, silence]);
	expect([exitCode, errors]).toEqual([0, ""]);
	const [headings, first, second, ...rest] = output.split("\n");
	expect(headings).toMatch(/^Tempo +Sure +Beats +Key +Tuning +Loudness +True peak +Onsets +File$/);
	expect(first).toMatch(/^125\.00 +\d+ % +8 in 4 .* -\d+\.\d LUFS +-?\d+\.\d\d dB +\d+ +\S+loop\.wav$/);
	expect(second).toMatch(/^– +– +– +– +– +silence +– +0 +\S+silence\.wav$/);
	expect(rest).toEqual([""]);
});

test("the table says what comes from a file's name", async () => {
	const named = join(folder, "break_125bpm_Am.wav");
	copyFileSync(loop, named);
	const { output } = await analyze([named]);
	expect(output.split("\n")[1]).toMatch(/^125\.00 \(name\) +100 % +8 in 4 +A minor \(name\) /);
	const [entry] = JSON.parse((await analyze(["--json", named])).output) as Record<string, unknown>[];
	expect(entry).toMatchObject({ analysis: { tempo: { origin: "name" }, key: { tonic: "A", origin: "name" } } });
});

test("--json prints an array with every file, those included that cannot be read", async () => {
	const { exitCode, output, errors } = await analyze(["--json", loop, letters]);
	expect(exitCode).toBe(1);
	const [first, second, ...rest] = JSON.parse(output) as Record<string, Record<string, unknown>>[];
	expect(first).toMatchObject({ file: loop, analysis: { tempo: { origin: "detected" }, beats: { lengthBeats: 8 } } });
	expect(second).toMatchObject({ file: letters, error: { code: "unsupported-format" } });
	expect(rest).toEqual([]);
	expect(errors).toContain(`flitzis-looper: ${letters}: `);
});
