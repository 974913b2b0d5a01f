import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const FRAMES = 480;
let parent = "";

beforeAll(() => {
	parent = mkdtempSync(join(tmpdir(), "flitzis-looper-cases-"));
});

afterAll(() => {
	rmSync(parent, { recursive: true });
});

/** A mono 48 kHz 16-bit WAV whose samples count up from `first`, with `declaredFrames` in its header. */
function writeWav(first: number, declaredFrames = FRAMES): Uint8Array {
	const bytes = new Uint8Array(44 + 2 * FRAMES);
	const view = new DataView(bytes.buffer);
	const write = (offset: number, text: string) => bytes.set(Buffer.from(text, "latin1"), offset);
	write(0, "RIFF");
	view.setUint32(4, 36 + 2 * declaredFrames, true);
	write(8, "WAVEfmt ");
	view.setUint32(16, 16, true);
	view.setUint16(20, 1, true);
	view.setUint16(22, 1, true);
	view.setUint32(24, 48_000, true);
	view.setUint32(28, 96_000, true);
	view.setUint16(32, 2, true);
	view.setUint16(34, 16, true);
	write(36, "data");
	view.setUint32(40, 2 * declaredFrames, true);
	for (let frame = 0; frame < FRAMES; frame++) view.setInt16(44 + 2 * frame, first + frame, true);
	return bytes;
}

/** Writes a case folder and runs only that case. */
function runCase(name: string, files: Readonly<Record<string, Uint8Array | string | object>>) {
	const folder = join(parent, name);
	mkdirSync(folder);
	for (const [file, content] of Object.entries(files)) {
		const isPlain = typeof content === "string" || content instanceof Uint8Array;
		writeFileSync(join(folder, file), isPlain ? content : JSON.stringify(content));
	}
	const script = fileURLToPath(new URL("./cases.mjs", import.meta.url));
	const { status, stdout, stderr } = spawnSync(process.execPath, [script, "--in", parent, name], { encoding: "utf8" });
	return { status, output: stdout + stderr };
}

test("a folder without differences has one line", () => {
	const { status, output } = runCase("right", {
		"case.json": {
			reference: "closed form",
			files: {
				"one.wav": { frames: FRAMES, peak: 480 / 32_768, channels: 1, sampleRate: 48_000, warnings: [] },
				"copy.wav": { frames: FRAMES, sameAs: "one.wav" },
				"whole.wav": {
					frames: FRAMES,
					pieces: [
						["one.wav", 0, 200],
						["reference.wav", 200, FRAMES],
					],
				},
				"near.wav": { frames: FRAMES, sameAs: "one.wav", withinDecibels: -90 },
				"cut.wav": { frames: FRAMES, warnings: ["after 480 of 600 frames"] },
				"text.wav": { error: "unsupported-format", message: "text, not audio" },
			},
			scripts: ["quiet.mjs"],
		},
		"one.wav": writeWav(1),
		"copy.wav": writeWav(1),
		"whole.wav": writeWav(1),
		"reference.wav": writeWav(1),
		"near.wav": writeWav(2),
		"cut.wav": writeWav(1, 600),
		"text.wav": "This is no sound.",
		"quiet.mjs": "process.exitCode = 0;",
		"README.md": "What this is about.",
	});
	expect(output).toBe("right                    6 files, 1 scripts\n1 cases, 0 of them differ\n");
	expect(status).toBe(0);
});

test("every difference is printed with the expectation", () => {
	const { status, output } = runCase("wrong", {
		"case.json": {
			reference: "closed form",
			files: {
				"frames.wav": { frames: 481, peak: 0.5, channels: 2, sampleRate: 44_100 },
				"other.wav": { frames: FRAMES, sameAs: "frames.wav" },
				"far.wav": { frames: FRAMES, sameAs: "frames.wav", withinDecibels: -100 },
				"pieces.wav": { frames: FRAMES, pieces: [["frames.wav", 0, 10], 20] },
				"cut.wav": { frames: FRAMES },
				"whole.wav": { frames: FRAMES, warnings: ["ends at"] },
				"sound.wav": { error: "malformed-audio" },
				"text.wav": { frames: FRAMES },
				"named.wav": { error: "unsupported-format", message: "a poem" },
			},
			scripts: ["loud.mjs"],
		},
		"frames.wav": writeWav(1),
		"other.wav": writeWav(2),
		"far.wav": writeWav(2),
		"pieces.wav": writeWav(1),
		"cut.wav": writeWav(1, 600),
		"whole.wav": writeWav(1),
		"sound.wav": writeWav(1),
		"text.wav": "This is no sound.",
		"named.wav": "This is no sound.",
		"loud.mjs": 'console.log("the third note is late"); process.exitCode = 3;',
	});
	expect(output).toContain("frames.wav: 480 frames instead of 481");
	expect(output).toContain(`frames.wav: a peak of ${480 / 32_768} instead of 0.5 ± 0.000001`);
	expect(output).toContain("frames.wav: 1 channels instead of 2");
	expect(output).toContain("frames.wav: 48000 Hz instead of 44100");
	expect(output).toContain("other.wav: not the same as frames.wav: a difference of -90.3 dB (none allowed)");
	expect(output).toContain("frame 0, channel 0 is 0.00006103515625 instead of 0.000030517578125");
	expect(output).toContain("far.wav: not the same as frames.wav: a difference of -90.3 dB (-100 dB allowed)");
	expect(output).toContain("pieces.wav: not the expected pieces: 480 frames instead of 30");
	expect(output).toMatch(/cut\.wav: the warnings \[".+ after 480 of 600 frames.+"\]; expected \[\]/);
	expect(output).toMatch(/cut\.wav: strict mode rejects it: malformed-audio "/);
	expect(output).toContain('whole.wav: the warnings []; expected ["ends at"]');
	expect(output).toContain("whole.wav: strict mode accepts it; expected an error");
	expect(output).toContain("sound.wav: loads; expected malformed-audio");
	expect(output).toContain('text.wav: does not load: unsupported-format "This is text');
	expect(output).toMatch(/named\.wav: unsupported-format "This is text.+"; expected unsupported-format "a poem"/);
	expect(output).toContain("loud.mjs: exits with code 3\n  loud.mjs: the third note is late");
	expect(status).toBe(1);
});

test("a folder that lists no file, misspells a key or omits a file is a difference", () => {
	const tell = (name: string, files: Parameters<typeof runCase>[1]) => {
		const { status, output } = runCase(name, files);
		expect(status).toBe(1);
		return output;
	};
	const entry = { reference: "closed form", files: { "a.wav": { frames: FRAMES } } };
	expect(tell("no-list", { "a.wav": writeWav(1) })).toContain("no case.json");
	expect(tell("empty-list", { "case.json": { reference: "closed form" } })).toContain("case.json lists no files");
	expect(tell("no-json", { "case.json": "{" })).toMatch(/case\.json: .*JSON/);
	expect(tell("unlisted", { "case.json": entry, "a.wav": writeWav(1), "b.wav": writeWav(1) })).toContain(
		"b.wav is not listed in case.json",
	);
	expect(tell("absent", { "case.json": entry })).toContain("a.wav is listed but missing");
	expect(tell("no-reference", { "case.json": { files: {} } })).toContain('"reference" must name');
	const misspelt = { reference: "closed form", files: { "a.wav": { frame: 1, peak: "high" }, "b.wav": 3 }, skript: [] };
	const output = tell("misspelt", { "case.json": misspelt, "a.wav": writeWav(1) });
	expect(output).toContain('a.wav: "frame" is not a key of case.json');
	expect(output).toContain('a.wav: "peak" must not be "high"');
	expect(output).toContain('a.wav: neither "frames" nor "error" is given');
	expect(output).toContain("b.wav: its entry in case.json must be an object");
	expect(output).toContain('"skript" is not a key of case.json');
});

test("an unknown case is an error with the usage", () => {
	const script = fileURLToPath(new URL("./cases.mjs", import.meta.url));
	const { status, stderr } = spawnSync(process.execPath, [script, "--in", parent, "nowhere"], { encoding: "utf8" });
	expect(stderr).toContain("There is no case nowhere");
	expect(stderr).toContain("npm run cases -- [--in FOLDER] [NAME…]");
	expect(status).toBe(2);
});
