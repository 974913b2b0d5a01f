import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AudioEngine } from "flitzis-looper";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder = "";

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "examples-"));
});

afterEach(() => {
	rmSync(folder, { recursive: true });
});

/** Runs an example in a folder of its own. @returns the lines that it prints. */
function run(name: string, ...args: readonly string[]): readonly string[] {
	const script = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
	return execFileSync(process.execPath, [script, ...args], { cwd: folder, encoding: "utf8" })
		.trimEnd()
		.split("\n");
}

test("the drum machine writes its eight bars", async () => {
	expect(run("drum-machine", "drums.wav")).toEqual([
		"120 presses in 8 bars at 112 BPM.",
		"Wrote drums.wav; --listen plays instead.",
	]);
	await using engine = new AudioEngine({ output: "offline", sampleRate: 48_000 });
	await engine.run();
	const { frames, channels } = await engine.loadSample(0, readFileSync(join(folder, "drums.wav")));
	expect({ blocks: frames / 128, channels }).toEqual({
		blocks: Math.ceil((32 * 60 * 48_000) / 112 / 128),
		channels: 2,
	});
});

test("two loops of different tempi are in step for 16 bars, to the frame", () => {
	const lines = run("two-tempi");
	const downbeats = lines.slice(1, -1).map((line) => line.split(" "));
	expect(downbeats.map(([bar]) => Number(bar))).toEqual(Array.from({ length: 16 }, (_, index) => index + 2));
	expect(new Set(downbeats.map(([, tempo]) => tempo)).size).toBe(16);
	expect(downbeats.map(([, , first]) => first)).toEqual(downbeats.map(() => "0"));
	expect(downbeats.map(([, , , second]) => second)).toEqual(downbeats.map((_, index) => (index % 2 === 0 ? "-" : "0")));
	expect(lines.at(-1)).toBe("16 bars: at most 0 frames off.");
});
