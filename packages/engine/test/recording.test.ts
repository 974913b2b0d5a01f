import { AudioEngine, parseSession, renderSession, type Session, type SessionSample } from "flitzis-looper";
import { AudioStreamHandle } from "flitzis-looper/stream";
import { expect, test } from "vitest";
import { firstBitDifference } from "./bit-difference.ts";
import { offlineEngine } from "./engine-harness.ts";
import { join, type Performance, performanceFile, recordPerformance } from "./random-performance.ts";

const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);
const recorded: Map<number, Promise<Performance>> = new Map();

function fileOfSample({ name }: SessionSample): Uint8Array<ArrayBuffer> {
	return performanceFile(name);
}

/** Each performance is played once, whichever test asks first. */
function performance(seed: number): Promise<Performance> {
	const known = recorded.get(seed) ?? recordPerformance(seed);
	recorded.set(seed, known);
	return known;
}

test.each(SEEDS)(
	"performance %i, recorded from its midst, is rendered to the bit by any block length",
	async (seed) => {
		const { text, session, left, right } = await performance(seed);
		expect(session.frames).toBe(left.length);
		const pieces: [Float32Array, Float32Array][] = [];
		const options = { blockFrames: [1, 64, 128, 500, 2048][seed % 5]!, pieceFrames: 1 + ((seed * 7919) % 60_000) };
		for await (const piece of renderSession(parseSession(text), fileOfSample, options)) pieces.push(piece);
		expect(firstBitDifference(join(pieces, 0), left)).toBeNull();
		expect(firstBitDifference(join(pieces, 1), right)).toBeNull();
	},
);

test("a session is read back from its file as it was", async () => {
	for (const seed of SEEDS) {
		const { session, text } = await performance(seed);
		expect(parseSession(text)).toEqual(session);
	}
});

test("the performances sound, and begin with voices, replaced samples, fades and moving gains", async () => {
	const performances = await Promise.all(SEEDS.map(performance));
	const starts = performances.map(({ session }) => session.start);
	const isOnReplaced = (start: Session["start"]): boolean =>
		start.voices.some(({ slot, sample }) => start.slots.find((filled) => filled.slot === slot)?.sample !== sample);
	expect(performances.every(({ left }) => left.some((sample) => Math.abs(sample) > 0.01))).toBe(true);
	expect(starts.some(({ voices }) => voices.length > 1)).toBe(true);
	expect(starts.some(isOnReplaced)).toBe(true);
	expect(starts.some(({ tail }) => tail.length > 0)).toBe(true);
	expect(performances.some(({ session }) => session.start.gain.rampPosition < session.engine.fadeFrames)).toBe(true);
	const types = new Set(performances.flatMap(({ session }) => session.commands.map(({ type }) => type)));
	expect([...types].toSorted()).toEqual(["gain", "load", "play", "stop", "stopAll", "unload"]);
});

test("an engine shut down gives once what it had recorded", async () => {
	const engine = await offlineEngine();
	engine.renderOffline(100);
	engine.startRecording();
	engine.renderOffline(1000);
	expect(engine.stats().recordedFrames).toBe(1000);
	await engine.shutDown();
	expect(engine.stats().recordedFrames).toBeNull();
	expect(await engine.stopRecording()).toMatchObject({ frames: 1000, commands: [] });
	await expect(engine.stopRecording()).rejects.toMatchObject({ code: "closed" });
});

test("recording needs a running engine, and one at a time", async () => {
	const engine = new AudioEngine({ output: "offline" });
	expect(() => engine.startRecording()).toThrow(expect.objectContaining({ code: "not-running" }));
	await engine.run();
	await expect(engine.stopRecording()).rejects.toMatchObject({ code: "not-recording" });
	engine.startRecording();
	expect(() => engine.startRecording()).toThrow(expect.objectContaining({ code: "already-recording" }));
	await engine.shutDown();
	expect(() => engine.startRecording()).toThrow(expect.objectContaining({ code: "closed" }));
});

test("more commands in one frame than a ring holds are rendered in their order", async () => {
	const engine = await offlineEngine({ voices: 3 });
	await engine.loadSample(0, new File([performanceFile("loop.wav")], "loop.wav"));
	const streams = Array.from({ length: 4 }, () => AudioStreamHandle.open(engine.createStreamHandle().descriptor));
	engine.renderOffline(100);
	engine.startRecording();
	const frame = 500;
	for (let count = 0; count < 1000; count++) engine.playSample(0, (count % 97) / 97, { atFrame: frame });
	for (const stream of streams) {
		for (let count = 0; count < 250; count++) stream.playSample(0, (count % 31) / 31, { atFrame: frame });
	}
	const [left] = engine.renderOffline(4000);
	const session = await engine.stopRecording();
	expect(session.commands).toHaveLength(2000);
	const rendered: [Float32Array, Float32Array][] = [];
	for await (const piece of renderSession(session, fileOfSample)) rendered.push(piece);
	expect(firstBitDifference(join(rendered, 0), left)).toBeNull();
});

test("a sample other than the recorded one, or decoded otherwise, is refused", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, new File([performanceFile("loop.wav")], "loop.wav"));
	engine.startRecording();
	engine.renderOffline(10);
	const session = await engine.stopRecording();
	const rendering = (samples: Session["samples"]): Promise<unknown> =>
		renderSession({ ...session, samples }, () => performanceFile("mono.wav")).next();
	await expect(rendering(session.samples)).rejects.toMatchObject({
		code: "sample-differs",
		message: expect.stringMatching(/^loop\.wav is not the file .*; find the file with the content hash [0-9a-f]{64}$/),
	});
	const otherwise = session.samples.map((sample) => ({ ...sample, pcmChecksum: "0".repeat(16) }));
	await expect(renderSession({ ...session, samples: otherwise }, fileOfSample).next()).rejects.toMatchObject({
		code: "sample-differs",
		message: expect.stringMatching(
			/^loop\.wav is decoded to other frames here .* record with the sample as WAV or FLAC$/,
		),
	});
});

test("the bytes of a data: URL are not part of its name", async () => {
	const engine = await offlineEngine();
	const base64 = Buffer.from(performanceFile("click.wav")).toString("base64");
	await engine.loadSample(0, `data:audio/wav;base64,${base64}`);
	engine.startRecording();
	engine.renderOffline(1);
	expect((await engine.stopRecording()).samples.map(({ name }) => name)).toEqual(["data:"]);
});

test("a recording of one block begins with all of a long fade", async () => {
	const engine = await offlineEngine({ fadeSeconds: 0.17 });
	await engine.loadSample(0, new File([performanceFile("loop.wav")], "loop.wav"));
	for (let voice = 0; voice < 32; voice++) engine.playSample(0, 0.02, { loop: true });
	engine.renderOffline(500);
	engine.stopAll();
	engine.renderOffline(10);
	engine.startRecording();
	const [left] = engine.renderOffline(128);
	const session = await engine.stopRecording();
	expect(session.start.tail.length / 16).toBeGreaterThan(0.16 * 48_000);
	// What is still to sound behind the recording's end is there, too.
	const pieces: [Float32Array, Float32Array][] = [];
	for await (const piece of renderSession({ ...session, frames: 8000 }, fileOfSample)) pieces.push(piece);
	const rendered = join(pieces, 0);
	const [rest] = engine.renderOffline(8000 - 128);
	expect(firstBitDifference(rendered.subarray(0, 128), left)).toBeNull();
	expect(firstBitDifference(rendered.subarray(128), rest)).toBeNull();
	expect(left.some((sample) => sample !== 0)).toBe(true);
});
