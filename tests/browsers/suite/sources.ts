import type { SampleSource } from "../../../packages/engine/dist/index.browser.js";
import { claim, claimEqual, claimSamples, failureOf } from "./claims.ts";
import { pollToEnd, turnsUntil } from "./events.ts";
import { longNoise, SAMPLE_RATE, tune, waveFile } from "./sounds.ts";
import type { Stage, Suite } from "./stage.ts";

const PIECE_BYTES = 10_000;

/** A stream that yields bytes in pieces. */
function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
	let at = 0;
	return new ReadableStream({
		pull(controller) {
			if (at >= bytes.length) controller.close();
			else controller.enqueue(bytes.subarray(at, at + PIECE_BYTES));
			at += PIECE_BYTES;
		},
	});
}

/** A stream that begins and never goes on, and whether it was cancelled. */
function endlessStream(): { readonly stream: ReadableStream<Uint8Array>; readonly isCancelled: () => boolean } {
	let isCancelled = false;
	const stream = new ReadableStream<Uint8Array>({
		start: (controller) => controller.enqueue(waveFile(tune).subarray(0, PIECE_BYTES)),
		cancel: () => {
			isCancelled = true;
		},
	});
	return { stream, isCancelled: () => isCancelled };
}

function audioBuffer(): AudioBuffer {
	const buffer = new AudioBuffer({ length: 20_000, numberOfChannels: 2, sampleRate: SAMPLE_RATE });
	for (const [channel, samples] of tune.entries()) buffer.copyToChannel(samples as Float32Array<ArrayBuffer>, channel);
	return buffer;
}

/** Loads and hears the tune. @returns the source's name */
async function claimTune(stage: Stage, source: SampleSource, kind: string, transfer = false): Promise<string> {
	const engine = await stage.offlineEngine({ loaderThreads: 1 });
	const info = await engine.loadSample(0, source, { transfer });
	engine.playSample(0, 1);
	claimSamples(engine.renderOffline(20_000), tune, kind);
	await engine.shutDown();
	return info.source.name;
}

/** Sources that are read once, and decoded audio. */
export const sources: Suite = {
	"a Response plays, fetched or made": async (stage) => {
		const url = new URL("files/tune.wav", document.baseURI).href;
		claimEqual(await claimTune(stage, await fetch(url), "fetched"), url, "name of a fetched one");
		claimEqual(await claimTune(stage, new Response(waveFile(tune)), "made"), "response", "name of a made one");
	},

	"a fetched Response is the caller's no longer": async (stage) => {
		const engine = await stage.offlineEngine();
		const response = await fetch("files/tune.wav");
		const loading = engine.loadSample(0, response);
		const failure = await failureOf(() => engine.loadSampleAsync(1, response));
		claimEqual(failure.name, "TypeError", "the second use");
		claim(/locked or read already.*clone/.test(failure.message), failure.message);
		await loading;
	},

	"a stream plays, and the bytes in it stay the caller's": async (stage) => {
		const bytes = waveFile(tune);
		await claimTune(stage, streamOf(bytes), "stream");
		claimEqual(bytes.length, waveFile(tune).length, "the bytes");
		const { samples, file } = longNoise(2_200_011);
		const engine = await stage.offlineEngine();
		await engine.loadSample(0, streamOf(file));
		engine.playSample(0, 1);
		const [left] = engine.renderOffline(2_200_011);
		claimSamples([left], [samples.filter((_, index) => index % 2 === 0)], "a long stream");
	},

	"a Request is sent with its method, headers and body": async (stage) => {
		const request = (body: string): Request =>
			new Request("files/keyed", { method: "POST", headers: { "x-key": "open" }, body });
		await claimTune(stage, request("which=tune"), "keyed");
		await claimTune(stage, new Request("files/tune.wav"), "plain");
		const engine = await stage.offlineEngine();
		const failure = await failureOf(() => engine.loadSample(0, request("other")));
		claimEqual(failure.code, "read-failed", failure.message);
	},

	"an AudioBuffer plays and keeps its frames, playing or not": async (stage) => {
		const buffer = audioBuffer();
		const context = new OfflineAudioContext(2, 20_000, SAMPLE_RATE);
		const node = new AudioBufferSourceNode(context, { buffer });
		node.connect(context.destination);
		node.start();
		await claimTune(stage, buffer, "buffer", true);
		const heard = await context.startRendering();
		claimSamples([heard.getChannelData(0), heard.getChannelData(1)], tune, "played by the context");
	},

	"raw PCM plays, copied or taken over": async (stage) => {
		const channels = tune.map((channel) => channel.slice());
		await claimTune(stage, { channels, sampleRate: SAMPLE_RATE }, "copied");
		claimSamples(channels, tune, "the caller's channels");
		await claimTune(stage, { channels, sampleRate: SAMPLE_RATE }, "taken", true);
		claimEqual(
			channels.map(({ length }) => length),
			[0, 0],
			"what is left",
		);
	},

	"a cancelled load lets its stream go, read or waiting, and the next one of its slot plays": async (stage) => {
		const engine = await stage.offlineEngine({ loaderThreads: 1 });
		const [read, waiting] = [endlessStream(), endlessStream()];
		engine.loadSampleAsync(0, read.stream);
		await turnsUntil(() => engine.pollLoaderEvents()?.type === "progress");
		engine.loadSampleAsync(1, waiting.stream);
		engine.cancelLoad(1);
		await turnsUntil(waiting.isCancelled);
		engine.loadSampleAsync(0, waveFile(tune));
		await turnsUntil(read.isCancelled);
		const last = (await pollToEnd(engine, 3)).at(-1);
		claimEqual([last?.id, last?.type], [0, "success"], "the newer load");
	},

	"a cancelled load lets a fetched Response go, and its thread loads on": async (stage) => {
		const engine = await stage.offlineEngine({ loaderThreads: 1 });
		engine.loadSampleAsync(0, await fetch("files/endless"));
		await turnsUntil(() => engine.pollLoaderEvents()?.type === "progress");
		engine.loadSampleAsync(1, await fetch("files/endless"));
		for (const slot of [0, 1]) engine.cancelLoad(slot);
		await engine.loadSample(2, waveFile(tune));
	},

	"a loader thread that crashes says that a stream is used, and lets it go": async (stage) => {
		const engine = await stage.offlineEngine({ loaderThreads: 1, assets: { loaderThread: "/crashing-loader.js" } });
		const { stream, isCancelled } = endlessStream();
		const failure = await failureOf(() => engine.loadSample(0, stream));
		claimEqual(failure.code, "worker-crashed", failure.message);
		claim(/cannot be read twice: pass a new one/.test(failure.message), failure.message);
		await turnsUntil(isCancelled);
	},

	"a Response without bytes and a used Request are refused at the call": async (stage) => {
		const engine = await stage.offlineEngine();
		const failed = await failureOf(() => engine.loadSampleAsync(0, Response.error()));
		claimEqual(failed.name, "TypeError", failed.message);
		claim(/type error.*mode "cors"/.test(failed.message), failed.message);
		const used = new Request("files/keyed", { method: "POST", body: "x" });
		await used.text();
		claimEqual((await failureOf(() => engine.loadSampleAsync(0, used))).name, "TypeError", "a used Request");
	},
};
