import type { IncomingMessage, ServerResponse } from "node:http";
import { type AudioEngine, type AudioEngineOptions, encodeWav, type SampleSource } from "flitzis-looper";
import { AudioBuffer } from "node-web-audio-api";
import { expect, test } from "vitest";
import { offlineEngine, planar, SAMPLE_RATE } from "./engine-harness.ts";
import { serve } from "./file-server.ts";
import { firstDifference, music, noise, writeWave } from "./fixtures.ts";

const FRAMES = 40_003;
const tune = music(FRAMES, SAMPLE_RATE, 2, 1);
const [left, right] = planar(tune);
const wave = writeWave(tune, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });

/** An engine whose loads share nothing, so that each is read to its end. */
function engineOf(options: AudioEngineOptions = {}): Promise<AudioEngine> {
	return offlineEngine({ loaderThreads: 2, ...options });
}

function expectFrames(heard: readonly Float32Array[], expected: readonly Float32Array[]): void {
	for (const [side, frames] of expected.entries()) expect(firstDifference(heard[side]!, frames)).toBe(null);
}

async function expectTune(source: SampleSource, options: { readonly transfer?: boolean } = {}): Promise<string> {
	const engine = await engineOf();
	const info = await engine.loadSample(0, source, options);
	expect(info).toMatchObject({ frames: FRAMES, channels: 2, warnings: [] });
	engine.playSample(0, 1);
	expectFrames(engine.renderOffline(FRAMES), [left, right]);
	await engine.shutDown();
	return info.source.name;
}

/** A stream that yields the pieces. */
function streamOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
	const rest = [...pieces];
	return new ReadableStream({
		pull(controller) {
			const piece = rest.shift();
			if (piece === undefined) controller.close();
			else controller.enqueue(piece);
		},
	});
}

function piecesOf(bytes: Uint8Array, length: number): Uint8Array[] {
	return Array.from({ length: Math.ceil(bytes.length / length) }, (_, piece) =>
		bytes.subarray(piece * length, (piece + 1) * length),
	);
}

function audioBuffer(channels: readonly Float32Array[], sampleRate: number): AudioBuffer {
	const buffer = new AudioBuffer({ length: channels[0]!.length, numberOfChannels: channels.length, sampleRate });
	for (const [channel, samples] of channels.entries())
		buffer.copyToChannel(samples as Float32Array<ArrayBuffer>, channel);
	return buffer;
}

function bodyOf(request: IncomingMessage): Promise<string> {
	return new Promise((resolve) => {
		let text = "";
		request.on("data", (piece: Buffer) => {
			text += piece.toString();
		});
		request.on("end", () => resolve(text));
	});
}

test("a fetched Response plays, named by its URL", async () => {
	const base = await serve((_, response) => response.end(wave));
	expect(await expectTune(await fetch(`${base}/tune.wav`))).toBe(`${base}/tune.wav`);
});

test("a Response of the caller's own plays", async () => {
	expect(await expectTune(new Response(wave))).toBe("response");
	expect(await expectTune(new Response(streamOf(piecesOf(wave, 999))))).toBe("response");
});

test.each([1_000, 65_536, 10_000_000])(
	"a stream of pieces of at most %i bytes plays, and its bytes stay the caller's",
	async (length) => {
		const bytes = wave.slice();
		expect(await expectTune(streamOf([new Uint8Array(0), ...piecesOf(bytes, length)]))).toBe("stream");
		expect(Buffer.compare(bytes, wave)).toBe(0);
	},
);

test("a stream longer than memory is kept for plays", async () => {
	const frames = 2_400_011;
	const samples = noise(frames, 2, { seed: 3 });
	const file = writeWave(samples, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });
	const engine = await engineOf();
	const info = await engine.loadSample(0, streamOf(piecesOf(file, 300_000)));
	expect(info.frames).toBe(frames);
	engine.playSample(0, 1);
	expectFrames(engine.renderOffline(frames), planar(samples));
});

test("a Request is sent with its headers, its method and its body", async () => {
	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const { method, headers } = request;
		const body = await bodyOf(request);
		const isAllowed = headers.authorization === "Bearer key" && (method === "GET" || body === "which=tune");
		response.statusCode = isAllowed ? 200 : 403;
		response.end(isAllowed ? wave : "");
	};
	const base = await serve((request, response) => void answer(request, response));
	const headers = { authorization: "Bearer key" };
	expect(await expectTune(new Request(`${base}/tune.wav`, { headers }))).toBe(`${base}/tune.wav`);
	await expectTune(new Request(`${base}/`, { method: "POST", headers, body: "which=tune" }));
	const engine = await engineOf();
	const failure = { code: "read-failed", message: expect.stringContaining("403") };
	await expect(engine.loadSample(0, new Request(base))).rejects.toMatchObject(failure);
});

test("a Request with a body is not sent again after a failure, one without is", async () => {
	const seen: string[] = [];
	const base = await serve(({ method = "" }, response) => {
		seen.push(method);
		response.statusCode = 503;
		response.end();
	});
	const engine = await engineOf();
	const failure = { code: "read-failed", message: expect.stringContaining("503") };
	await expect(engine.loadSample(0, new Request(base, { method: "PUT", body: "x" }))).rejects.toMatchObject(failure);
	expect(seen).toEqual(["PUT"]);
	await expect(engine.loadSample(0, new Request(base))).rejects.toMatchObject(failure);
	expect(seen).toEqual(["PUT", "GET", "GET", "GET", "GET"]);
});

test("raw PCM plays: copied, shared in place, or taken over", async () => {
	const own = { channels: [left.slice(), right.slice()], sampleRate: SAMPLE_RATE };
	expect(await expectTune(own)).toBe("pcm");
	expectFrames(own.channels, [left, right]);
	const shared = [left, right].map((channel) => {
		const memory = new Float32Array(new SharedArrayBuffer(channel.byteLength));
		memory.set(channel);
		return memory;
	});
	await expectTune({ channels: shared, sampleRate: SAMPLE_RATE });
	await expectTune({ ...own }, { transfer: true });
	expect(own.channels.map(({ length }) => length)).toEqual([0, 0]);
});

test("raw PCM whose channels lie in one buffer is taken over at once", async () => {
	const both = new Float32Array(2 * FRAMES + 7);
	both.set(left, 3);
	both.set(right, FRAMES + 5);
	const channels = [both.subarray(3, FRAMES + 3), both.subarray(FRAMES + 5, 2 * FRAMES + 5)];
	await expectTune({ channels, sampleRate: SAMPLE_RATE }, { transfer: true });
	expect(both.length).toBe(0);
});

test("an AudioBuffer plays and keeps its frames, even with transfer", async () => {
	const buffer = audioBuffer([left, right], SAMPLE_RATE);
	expect(await expectTune(buffer)).toBe("AudioBuffer");
	await expectTune(buffer, { transfer: true });
	expectFrames([buffer.getChannelData(1)], [right]);
});

test("PCM is resampled and cleaned as a WAV file with the same frames, and lies in memory once with it", async () => {
	const sampleRate = 44_100;
	const mono = left.slice(0, 30_000);
	mono.set([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2 ** -70, 3.5], 5_000);
	const engine = await engineOf();
	const info = await engine.loadSample(0, { channels: [mono], sampleRate });
	expect(info.source).toMatchObject({ format: "PCM", sampleRate, channels: 1, frames: 30_000 });
	const { pcmBytes } = engine.stats();
	await engine.loadSample(1, audioBuffer([mono], sampleRate));
	expect(engine.stats().pcmBytes).toBe(pcmBytes);
	await engine.loadSample(2, encodeWav([mono], { sampleRate }));
	const heard = [0, 1, 2].map((slot) => {
		engine.playSample(slot, 1);
		return engine.renderOffline(info.frames);
	});
	expectFrames(heard[1]!, heard[0]!);
	expectFrames(heard[2]!, heard[0]!);
	expect(heard[0]![0].every(Number.isFinite)).toBe(true);
	expect(heard[0]![0].some((sample) => sample !== 0)).toBe(true);
});
