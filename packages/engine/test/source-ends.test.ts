import { setImmediate } from "node:timers/promises";
import type { AudioEngine, PcmSource, SampleSource } from "flitzis-looper";
import { expect, test } from "vitest";
import { offlineEngine, pollToEnd, pollUntil, turnsUntil } from "./engine-harness.ts";
import { serve } from "./file-server.ts";
import { music, writeWave } from "./fixtures.ts";

const PIECE_BYTES = 2 ** 16;
const wave = writeWave(music(2_000, 48_000, 1, 1), { coding: "f32", sampleRate: 48_000, channels: 1 });

/** A stream that never ends, and what became of it. */
class EndlessStream {
	pieces = 0;
	isCancelled = false;
	readonly stream: ReadableStream<Uint8Array> = new ReadableStream(
		{
			pull: async (controller) => {
				// The event loop goes on.
				await setImmediate();
				this.pieces += 1;
				controller.enqueue(new Uint8Array(PIECE_BYTES));
			},
			cancel: () => {
				this.isCancelled = true;
			},
		},
		{ highWaterMark: 0 },
	);
}

const endings: Readonly<Record<string, (engine: AudioEngine, abort: AbortController) => unknown>> = {
	cancelLoad: (engine) => engine.cancelLoad(0),
	"its signal": (_, abort) => abort.abort(),
	"a newer load of its slot": (engine) => engine.loadSampleAsync(0, wave),
	unloadSample: (engine) => engine.unloadSample(0),
	shutDown: (engine) => engine.shutDown(),
};

test.each(Object.entries(endings))("%s cancels a stream that is being read", async (_, end) => {
	const engine = await offlineEngine({ loaderThreads: 1 });
	const abort = new AbortController();
	const endless = new EndlessStream();
	engine.loadSampleAsync(0, endless.stream, { signal: abort.signal });
	await turnsUntil(() => endless.pieces > 3);
	const ending = end(engine, abort);
	const event = (await pollUntil(engine, ({ type }) => type === "error")).at(-1);
	expect(event).toMatchObject({ id: 0, source: "stream", code: "cancelled" });
	await turnsUntil(() => endless.isCancelled);
	await ending;
});

test.each(Object.entries(endings))("%s cancels a stream that waits for a thread", async (_, end) => {
	const engine = await offlineEngine({ loaderThreads: 1 });
	const [first, second] = [new EndlessStream(), new EndlessStream()];
	engine.loadSampleAsync(1, first.stream);
	await turnsUntil(() => first.pieces > 3);
	const abort = new AbortController();
	const requestId = engine.loadSampleAsync(0, second.stream, { signal: abort.signal });
	const ending = end(engine, abort);
	await pollUntil(engine, (event) => event.type === "error" && event.requestId === requestId);
	await turnsUntil(() => second.isCancelled);
	expect(second.pieces).toBe(0);
	await ending;
});

test("a fetched Response that waits for a thread lets its connection go when it is cancelled", async () => {
	let isClosed = false;
	const base = await serve((_, response) => {
		response.on("close", () => {
			isClosed = true;
		});
		response.write(Buffer.alloc(PIECE_BYTES));
	});
	const engine = await offlineEngine({ loaderThreads: 1 });
	const endless = new EndlessStream();
	engine.loadSampleAsync(1, endless.stream);
	await turnsUntil(() => endless.pieces > 3);
	engine.loadSampleAsync(0, await fetch(base));
	engine.cancelLoad(0);
	await turnsUntil(() => isClosed);
	expect(engine.sampleInfo(0)).toBe(null);
});

test("a fetched Response that is being read lets its connection go when it is cancelled", async () => {
	let isClosed = false;
	const base = await serve((_, response) => {
		response.on("close", () => {
			isClosed = true;
		});
		response.write(Buffer.alloc(PIECE_BYTES));
	});
	const engine = await offlineEngine({ loaderThreads: 1 });
	engine.loadSampleAsync(0, await fetch(base));
	await pollUntil(engine, ({ type }) => type === "progress");
	engine.cancelLoad(0);
	await turnsUntil(() => isClosed);
	expect((await engine.loadSample(0, wave)).frames).toBe(2_000);
});

test("the signal of a Request cancels its load, before it is sent and after", async () => {
	let isAsked = false;
	const base = await serve(() => {
		isAsked = true;
	});
	const engine = await offlineEngine({ loaderThreads: 1 });
	const abort = new AbortController();
	engine.loadSampleAsync(0, new Request(base, { signal: abort.signal }));
	await turnsUntil(() => isAsked);
	abort.abort();
	engine.loadSampleAsync(1, new Request(base, { signal: abort.signal }));
	const events = (await pollToEnd(engine, 2)).filter(({ type }) => type === "error");
	expect(events).toMatchObject([
		{ id: 0, code: "cancelled" },
		{ id: 1, code: "cancelled" },
	]);
});

test("a loader thread that crashes ends a stream's load, which says that the stream is used, and cancels the stream", async () => {
	const engine = await offlineEngine({
		loaderThreads: 1,
		assets: { loaderThread: new URL("./threads/crashing-loader.node.mjs", import.meta.url) },
	});
	const endless = new EndlessStream();
	await expect(engine.loadSample(0, endless.stream)).rejects.toMatchObject({
		code: "worker-crashed",
		message: expect.stringMatching(/cannot be read twice: pass a new one\.$/),
	});
	await turnsUntil(() => endless.isCancelled);
	await engine.loadSample(0, wave);
});

test("a stream that nobody has room for is not read ahead", async () => {
	const engine = await offlineEngine({ loaderThreads: 1 });
	const endless = new EndlessStream();
	engine.loadSampleAsync(1, endless.stream);
	await turnsUntil(() => endless.pieces > 3);
	let pulls = 0;
	const waiting = new ReadableStream<Uint8Array>(
		{
			pull: () => {
				pulls += 1;
			},
		},
		{ highWaterMark: 0 },
	);
	engine.loadSampleAsync(0, waiting);
	for (let turn = 0; turn < 100; turn++) await setImmediate();
	expect(pulls).toBe(0);
});

test("a stream that fails ends its load in read-failed, with its reason", async () => {
	const engine = await offlineEngine({ loaderThreads: 1 });
	const failing = (yielded: unknown): ReadableStream =>
		new ReadableStream({
			pull(controller) {
				if (yielded === undefined) controller.error(new Error("The disk is on fire."));
				else controller.enqueue(yielded);
			},
		});
	await expect(engine.loadSample(0, failing(undefined))).rejects.toMatchObject({
		code: "read-failed",
		message: "The stream failed: The disk is on fire. Pass a new one.",
	});
	await expect(engine.loadSample(0, failing("text"))).rejects.toMatchObject({
		code: "read-failed",
		message: 'The stream must yield bytes, not "text". Pass a stream of Uint8Arrays.',
	});
	const { body } = new Response(wave);
	await engine.loadSample(0, body!);
});

test("the status of a Response counts as that of a URL's answer does", async () => {
	const base = await serve((request, response) => {
		response.statusCode = Number(request.url?.slice(1));
		response.end(wave);
	});
	const engine = await offlineEngine({ loaderThreads: 1 });
	const missing = { code: "file-not-found", message: "File not found" };
	await expect(engine.loadSample(0, await fetch(`${base}/404`))).rejects.toMatchObject(missing);
	const refused = { code: "read-failed", message: expect.stringMatching(/answered 500 .*Try again/) };
	await expect(engine.loadSample(0, await fetch(`${base}/500`))).rejects.toMatchObject(refused);
	await expect(engine.loadSample(0, new Response(null))).rejects.toMatchObject({ code: "malformed-audio" });
});

test("what is locked or read already is a TypeError at the call, and changes nothing", async () => {
	const engine = await offlineEngine({ loaderThreads: 1 });
	const locked = new Response(wave);
	locked.body!.getReader();
	const read = new Response(wave);
	await read.arrayBuffer();
	const { stream } = new EndlessStream();
	stream.getReader();
	const used = new Request("http://localhost", { method: "POST", body: "x" });
	await used.text();
	for (const source of [locked, read, stream, used]) {
		expect(() => engine.loadSampleAsync(0, source)).toThrow(TypeError);
		expect(() => engine.loadSampleAsync(0, source)).toThrow(/(locked|used|read) already.* Pass /);
	}
	const once = new Response(wave);
	const loading = engine.loadSample(0, once);
	expect(() => engine.loadSampleAsync(1, once)).toThrow(/locked or read already/);
	await loading;
	expect(engine.pollLoaderEvents()).toBe(null);
});

test.each<[string, () => unknown, RegExp]>([
	["no channel", () => ({ channels: [], sampleRate: 48_000 }), /source\.channels must be one or two Float32Arrays/],
	["a text as channels", () => ({ channels: "x", sampleRate: 48_000 }), /source\.channels must be one or two/],
	["other arrays", () => ({ channels: [new Float64Array(3)], sampleRate: 48_000 }), /source\.channels must be one or/],
	["no frame", () => ({ channels: [new Float32Array(0)], sampleRate: 48_000 }), /hold no frames/],
	[
		"channels of unequal length",
		() => ({ channels: [new Float32Array(4), new Float32Array(5)], sampleRate: 48_000 }),
		/4 and 5 frames\. Make them equally long/,
	],
	...[0, -1, 44_100.5, 768_001, Number.NaN, "48000"].map((sampleRate): [string, () => unknown, RegExp] => [
		`a rate of ${String(sampleRate)}`,
		() => ({ channels: [new Float32Array(4)], sampleRate }),
		/source\.sampleRate must be a whole number from 1 to 768000/,
	]),
])("PCM with %s is refused at the call", async (_, make, message) => {
	const engine = await offlineEngine({ loaderThreads: 1 });
	const load = (): unknown => engine.loadSampleAsync(0, make() as PcmSource);
	expect(load).toThrow(message);
	expect(load).toThrow(/^(?!.*undefined)/);
	expect(engine.pollLoaderEvents()).toBe(null);
});

test("PCM of more than two channels is unsupported-channels, and named", async () => {
	const engine = await offlineEngine({ loaderThreads: 1 });
	for (const count of [3, 9]) {
		const channels = Array.from({ length: count }, () => new Float32Array(10));
		for (const transfer of [false, true]) {
			const source: SampleSource = { channels: channels.map((channel) => channel.slice()), sampleRate: 48_000 };
			await expect(engine.loadSample(0, source, { transfer })).rejects.toMatchObject({
				code: "unsupported-channels",
				message: expect.stringContaining(`${count} channels`),
			});
		}
	}
});

test("PCM that is taken away during its load is read-failed", async () => {
	const engine = await offlineEngine({ loaderThreads: 1 });
	const channel = new Float32Array(1_000_000);
	const loading = engine.loadSample(0, { channels: [channel], sampleRate: 48_000 });
	structuredClone(channel.buffer, { transfer: [channel.buffer] });
	await expect(loading).rejects.toMatchObject({
		code: "read-failed",
		message: expect.stringMatching(/detached during the load\. Keep them/),
	});
});
