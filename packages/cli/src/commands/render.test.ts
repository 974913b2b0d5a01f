import { createHash } from "node:crypto";
import {
	copyFileSync,
	createReadStream,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { PassThrough, Readable, Writable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { AudioEngine, formatPerformance, type Performance } from "flitzis-looper";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../engine/test/engine-harness.ts";
import { noise, writeWave } from "../../../engine/test/fixtures.ts";
import { runCommandLine } from "../command-line.ts";

/** A performance in a folder with its samples, and the audio that was played. */
interface RecordedFolder {
	readonly folder: string;
	readonly performance: Performance;
	readonly path: string;
	/** Interleaved left and right. */
	readonly heard: Float32Array;
}

async function recordInFolder(): Promise<RecordedFolder> {
	const folder = temporaryFolder();
	const files = { kick: join(folder, "kick.wav"), bass: join(folder, "bass.wav") };
	const kick = noise(4000, 2, { seed: 1, amplitude: 0.9 });
	const bass = noise(6000, 1, { seed: 2, amplitude: 0.8 });
	writeFileSync(files.kick, writeWave(kick, { coding: "f32", sampleRate: 48_000, channels: 2 }));
	writeFileSync(files.bass, writeWave(bass, { coding: "f32", sampleRate: 44_100, channels: 1 }));
	await using engine = new AudioEngine({ output: "offline", sampleRate: 48_000 });
	await engine.run();
	await engine.loadSample(0, files.kick);
	engine.playSample(0, 1, { loop: true });
	engine.renderOffline(1000);
	engine.performance.start();
	const first = engine.renderOffline(1000);
	await engine.loadSample(1, files.bass);
	engine.playSample(1, 0.7);
	engine.masterGainDecibels = 6;
	const second = engine.renderOffline(9000);
	const performance = await engine.performance.stop();
	const path = join(folder, "performance.json");
	writeFileSync(path, formatPerformance(performance));
	const heard = Float32Array.from([...interleave(first), ...interleave(second)]);
	return { folder, performance, path, heard };
}

function* interleave([left, right]: readonly [Float32Array, Float32Array]): Generator<number> {
	for (const [frame, sample] of left.entries()) {
		yield sample;
		yield right[frame]!;
	}
}

/** What surrounds a command. */
interface Settings {
	readonly isTTY?: boolean;
	readonly signal?: AbortSignal;
	readonly stdin?: Readable;
}

/** Runs `flitzis-looper render`, with or without a terminal. */
async function render(
	args: readonly string[],
	{ isTTY = false, signal = new AbortController().signal, stdin = Readable.from([]) }: Settings = {},
) {
	const stdout = new PassThrough();
	const stderr = Object.assign(new PassThrough(), { isTTY });
	const written = Promise.all([buffer(stdout), text(stderr)]);
	const exitCode = await runCommandLine(["render", ...args], { stdin, stdout, stderr, signal });
	stdout.end();
	stderr.end();
	const [bytes, errors] = await written;
	return { exitCode, output: bytes.toString(), bytes, errors };
}

/** The samples at the end of a file that has as many as were heard. */
function pcmOf(bytes: Buffer, heard: Float32Array): Float32Array {
	const start = bytes.byteOffset + bytes.length - heard.byteLength;
	return new Float32Array(bytes.buffer.slice(start, start + heard.byteLength));
}

function sha256(samples: Float32Array): string {
	return createHash("sha256").update(samples).digest("hex");
}

test("the WAV file holds exactly the samples that were played, whatever the block length", async () => {
	const { folder, path, heard } = await recordInFolder();
	for (const blockFrames of [128, 1, 2048]) {
		const mix = join(folder, "mix.wav");
		const { exitCode, output, errors } = await render([path, "-o", mix, "--block-frames", String(blockFrames)]);
		expect([exitCode, errors]).toEqual([0, ""]);
		expect(output).toContain("0.208 s at 48000 Hz as f32, 5 commands on 2 samples\n");
		expect(output).toContain(`SHA-256 of the PCM: ${sha256(heard)}\n`);
		expect(sha256(pcmOf(readFileSync(mix), heard))).toBe(sha256(heard));
		expect(existsSync(`${mix}.part`)).toBe(false);
	}
});

test("24-bit integers are the rounded samples, clipped at full scale and counted", async () => {
	const { folder, path, heard } = await recordInFolder();
	const mix = join(folder, "mix.wav");
	const { output } = await render([path, "-o", mix, "--format", "s24"]);
	const loud = heard.filter((sample) => Math.round(sample * 2 ** 23) !== clip(sample)).length;
	expect(loud).toBeGreaterThan(0);
	expect(output).toContain(`, ${loud} samples clipped (f32 clips none)`);
	expect(output).toContain(`SHA-256 of the PCM: ${sha256(heard)}\n`);
	const bytes = readFileSync(mix).subarray(-3 * heard.length);
	const integers = Array.from(heard, (_, index) => bytes.readIntLE(3 * index, 3));
	expect(integers).toEqual(Array.from(heard, clip));
});

function clip(sample: number): number {
	return Math.max(-(2 ** 23), Math.min(2 ** 23 - 1, Math.round(sample * 2 ** 23)));
}

test("samples are found by content in the given folders, whatever their names", async () => {
	const { folder, path, heard } = await recordInFolder();
	const elsewhere = join(folder, "a", "b");
	mkdirSync(elsewhere, { recursive: true });
	renameSync(join(folder, "kick.wav"), join(elsewhere, "renamed"));
	renameSync(join(folder, "bass.wav"), join(folder, "a", "other.bin"));
	const { output } = await render([path, "-o", join(folder, "mix.wav"), "--samples", join(folder, "a")]);
	expect(output).toContain(`SHA-256 of the PCM: ${sha256(heard)}\n`);
});

test("--samples takes one folder, so that the performance may follow, and may be repeated", async () => {
	const { folder, path, heard } = await recordInFolder();
	for (const [name, file] of [
		["a", "kick.wav"],
		["b", "bass.wav"],
	] as const) {
		mkdirSync(join(folder, "moved", name), { recursive: true });
		renameSync(join(folder, file), join(folder, "moved", name, file));
	}
	const samples = ["a", "b"].flatMap((name) => ["--samples", join(folder, "moved", name)]);
	const { errors, output } = await render([...samples, path, "-o", join(folder, "mix.wav")]);
	expect([errors, output]).toEqual(["", expect.stringContaining(`SHA-256 of the PCM: ${sha256(heard)}\n`)]);
});

test("a folder of --samples that does not exist, or is a file, is named", async () => {
	const { folder, path } = await recordInFolder();
	const missing = join(folder, "nope");
	const { exitCode, errors } = await render([path, "-o", join(folder, "mix.wav"), "--samples", missing]);
	const message = `The folder ${missing} of --samples does not exist. Name the samples' folder.`;
	expect([exitCode, errors]).toEqual([1, `flitzis-looper: ${message}\n`]);
	const file = await render([path, "-o", join(folder, "mix.wav"), "--samples", path]);
	expect(file.errors).toContain(`The folder ${path} of --samples is a file.`);
});

test("an output whose name says another format is refused; .wave, capitals and no extension are not", async () => {
	const { folder, path } = await recordInFolder();
	const output = join(folder, "mix.flac");
	const { exitCode, errors } = await render([path, "-o", output]);
	const message = `The output ${output} would be a WAV file, not what .flac says. Name it .wav with -o.`;
	expect([exitCode, errors, existsSync(output)]).toEqual([1, `flitzis-looper: ${message}\n`, false]);
	for (const name of ["mix.wave", "MIX.WAV", "mix"])
		expect((await render([path, "-o", join(folder, name)])).exitCode).toBe(0);
});

test("a missing sample is named, as is a file of that name with other content, and nothing is written", async () => {
	const { folder, path } = await recordInFolder();
	copyFileSync(join(folder, "bass.wav"), join(folder, "kick.wav"));
	const { exitCode, output, errors } = await render([path, "-o", join(folder, "mix.wav")]);
	expect([exitCode, output]).toEqual([1, ""]);
	expect(errors).toMatch(
		/^flitzis-looper: 1 sample is not in .*\. Name the folder with --samples\.\n {2}\S+kick\.wav, \d+ bytes, [0-9a-f]{12}… \(.*kick\.wav has other content\)\n$/,
	);
	expect(readdirSync(folder).toSorted()).toEqual(["bass.wav", "kick.wav", "performance.json"]);
});

test("what is rendered from is never overwritten, whatever path leads to it", async () => {
	const { folder, path } = await recordInFolder();
	const kick = join(folder, "kick.wav");
	symlinkSync(folder, join(folder, "same"));
	const before = [path, kick].map((file) => readFileSync(file));
	for (const output of [kick, path, join(folder, "same", "kick.wav"), join(folder, "x", "..", "kick.wav")]) {
		mkdirSync(join(folder, "x"), { recursive: true });
		const { exitCode, errors } = await render([path, "-o", output]);
		expect([exitCode, errors]).toEqual([1, expect.stringMatching(/^flitzis-looper: The output .* would overwrite /)]);
		expect(errors).toMatch(/, which is rendered from\. Name another file with -o\.\n$/);
	}
	expect([path, kick].map((file) => readFileSync(file))).toEqual(before);
});

test("a sample that is named as the output's partial file is not overwritten", async () => {
	const { folder, path } = await recordInFolder();
	renameSync(join(folder, "kick.wav"), join(folder, "mix.wav.part"));
	const before = readFileSync(join(folder, "mix.wav.part"));
	const { exitCode, errors } = await render([path, "-o", join(folder, "mix.wav")]);
	expect([exitCode, errors]).toEqual([1, expect.stringContaining("would overwrite")]);
	expect(readFileSync(join(folder, "mix.wav.part"))).toEqual(before);
});

test("an output in a folder that does not exist, or that is a folder, is named as such", async () => {
	const { folder, path } = await recordInFolder();
	const missing = await render([path, "-o", join(folder, "none", "mix.wav")]);
	const message = `There is no folder ${join(folder, "none")} for the output. Make it, or name another file with -o.`;
	expect([missing.exitCode, missing.errors]).toEqual([1, `flitzis-looper: ${message}\n`]);
	const taken = await render([path, "-o", folder]);
	expect([taken.exitCode, taken.errors]).toEqual([
		1,
		`flitzis-looper: The output ${folder} is a folder. Name a file with -o.\n`,
	]);
});

test("an output is written through links, which stay, also to a file that does not exist yet", async () => {
	const { folder, path, heard } = await recordInFolder();
	mkdirSync(join(folder, "mixes"));
	for (const name of ["old.wav", "new.wav"]) {
		const link = join(folder, `to ${name}`);
		symlinkSync(join("mixes", name), link);
		if (name === "old.wav") writeFileSync(link, "the mix before");
		expect((await render([path, "-o", link])).exitCode).toBe(0);
		expect(lstatSync(link).isSymbolicLink()).toBe(true);
		expect(sha256(pcmOf(readFileSync(join(folder, "mixes", name)), heard))).toBe(sha256(heard));
	}
	expect(readdirSync(join(folder, "mixes")).toSorted()).toEqual(["new.wav", "old.wav"]);
});

test.skipIf(process.platform === "win32")("a device is written into, and stays one", async () => {
	const { path } = await recordInFolder();
	expect((await render([path, "-o", "/dev/null"])).exitCode).toBe(0);
	expect([lstatSync("/dev/null").isCharacterDevice(), existsSync("/dev/null.part")]).toEqual([true, false]);
});

test("- is standard input and output; the summary goes to the errors", async () => {
	const { folder, path, heard } = await recordInFolder();
	const stdin = createReadStream(path);
	const { exitCode, bytes, errors } = await render(["-", "-o", "-", "--samples", folder], { stdin });
	expect([exitCode, errors]).toEqual([0, expect.stringContaining(`SHA-256 of the PCM: ${sha256(heard)}\n`)]);
	expect(bytes.subarray(0, 4).toString()).toBe("RIFF");
	expect(sha256(pcmOf(bytes, heard))).toBe(sha256(heard));
});

test.runIf(process.platform === "linux")("an output that cannot be written is named as such", async () => {
	const { path } = await recordInFolder();
	const { exitCode, errors } = await render([path, "-o", "/proc/mix.wav"]);
	expect([exitCode, errors]).toEqual([1, "flitzis-looper: The output /proc/mix.wav does not exist. Check its name.\n"]);
	const full = await render([path, "-o", "/dev/full"]);
	expect([full.exitCode, full.errors]).toEqual([
		1,
		"flitzis-looper: The output /dev/full does not fit on the disk. Make room, or name another file.\n",
	]);
});

test("a reader that goes away ends the command with a sentence", async () => {
	const { path } = await recordInFolder();
	const stderr = new PassThrough();
	const closed = Object.assign(new Error("write EPIPE"), { code: "EPIPE", syscall: "write" });
	const stdout = new Writable({ write: (_chunk, _encoding, done) => done(closed) });
	const signal = new AbortController().signal;
	const exitCode = await runCommandLine(["render", path, "-o", "-"], {
		stdin: Readable.from([]),
		stdout,
		stderr,
		signal,
	});
	stderr.end();
	expect([exitCode, await text(stderr)]).toEqual([
		1,
		"flitzis-looper: The output - was closed by the program that read it.\n",
	]);
});

test("an invalid performance file and a missing one are errors", async () => {
	const { folder } = await recordInFolder();
	const { exitCode, errors } = await render([join(folder, "bass.wav"), "-o", join(folder, "mix.wav")]);
	expect(exitCode).toBe(1);
	expect(errors).toMatch(
		/^flitzis-looper: .*bass\.wav: The file is not a performance: .*\. Choose a file that formatPerformance\(\) wrote\.\n$/,
	);
	const missing = await render([join(folder, "none.json"), "-o", join(folder, "mix.wav")]);
	expect([missing.exitCode, missing.errors]).toEqual([
		1,
		`flitzis-looper: The performance ${join(folder, "none.json")} does not exist. Check its name.\n`,
	]);
	const taken = await render([folder, "-o", join(folder, "mix.wav")]);
	expect(taken.errors).toBe(`flitzis-looper: The performance ${folder} is a folder. Name a file.\n`);
});

test("a performance at an unsupported rate is an error", async () => {
	const { folder, performance, path } = await recordInFolder();
	const fast = { ...performance, engine: { ...performance.engine, sampleRate: 384_000, fadeFrames: 1920 } };
	writeFileSync(path, formatPerformance(fast));
	const { exitCode, errors } = await render([path, "-o", join(folder, "mix.wav")]);
	expect(exitCode).toBe(1);
	expect(errors).toMatch(
		/performance\.json: The value of sampleRate must be a whole number from 8000 to 192000, not 384000\.\n$/,
	);
	expect(existsSync(join(folder, "mix.wav.part"))).toBe(false);
});

test("Ctrl-C ends the command with exit code 130 and without a file", async () => {
	const { folder, path } = await recordInFolder();
	const { exitCode, output } = await render([path, "-o", join(folder, "mix.wav")], {
		signal: AbortSignal.abort("SIGINT"),
	});
	expect([exitCode, output]).toEqual([130, ""]);
	expect(readdirSync(folder).toSorted()).toEqual(["bass.wav", "kick.wav", "performance.json"]);
});

test("a terminal shows the progress, separate from the output", async () => {
	const { folder, path } = await recordInFolder();
	const { output, errors } = await render([path, "-o", join(folder, "mix.wav")], { isTTY: true });
	expect(errors).toMatch(/100% Rendering mix\.wav/);
	expect(output).not.toContain("%");
});

test.each([
	[["--block-frames", "2049"], "The block length must be an integer from 1 to 2048."],
	[["--format", "mp3"], "Allowed choices are f32, s24."],
])("%j is wrong usage: exit code 2", async (args, message) => {
	const { exitCode, errors } = await render(["performance.json", "-o", "mix.wav", ...args]);
	expect(exitCode).toBe(2);
	expect(errors).toContain(message);
});

test("without an output file the usage is wrong: exit code 2", async () => {
	const { exitCode, errors } = await render(["performance.json"]);
	expect([exitCode, errors]).toEqual([2, expect.stringContaining("required option '-o, --output <file>'")]);
});
